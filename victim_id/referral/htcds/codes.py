"""Our words for a thing to the words HTCDS 2.0 has for it, and what older files of the standard call it.

What the standard has no word for stands in the tables that begin with X: it leaves as `x_`, never as a near miss.
"""

from victim_id.referral.htcds.shape import (
    App,
    Control,
    EventType,
    Exploitation,
    Gender,
    Industry,
    OrganisationType,
    Recruitment,
    ReferralReason,
    Relationship,
    Role,
    SexExploitation,
)

REASON: dict[str, ReferralReason] = {
    "assistance": "AdditionalServicesRequired",
    "cross_border": "MigrationOrChangeOfLocation",
    "official_notice": "Other",
    "registration": "Other",
    "child_protection": "Other",
}

ORGANISATION: dict[str, OrganisationType] = {
    "ngo": "NGO",
    "police": "LawEnforcement",
    "health": "HealthServiceOrganisation",
    "inspectorate": "CentralGovernmentOrganisation",
    "municipality": "LocalGovernmentOrganisation",
    "immigration": "ImmigrationService",
    "legal": "LegalService",
    "company": "CorporateBusiness",
    "school": "SchoolOrCollege",
}

GENDER: dict[str, Gender] = {
    "female": "Feminine",
    "male": "Masculine",
    "trans_female": "TransgenderFeminine",
    "trans_male": "TransgenderMasculine",
    "other": "NonConforming",
    "not_said": "NonSpecifiedUnknown",
}

EXPLOITATION: dict[str, tuple[Exploitation, ...]] = {
    "sexual": ("SexualExploitation",),
    "labour": ("ForcedLabour",),
    "domestic": ("Servitude", "ForcedLabour"),
    "begging": ("ForcedBegging",),
    "crime": ("Other",),
    "fraud": ("Other",),
    "organs": ("OrganRemoval",),
    "marriage": ("ForcedMarriage",),
    "adoption": ("ForcedAdoption",),
    "surrogacy": ("Surrogacy",),
    "online": ("SexualExploitation",),
    "military": ("ForcedMilitaryByNonStateActors",),
    "other": ("Other",),
    "unknown": (),
}

X_EXPLOITATION = {"crime": "ForcedCriminality", "fraud": "IdentityFraud", "unknown": "NotKnown"}
"""The standard has no code for these; the first is isIllicitActivities with CTDC (typeOfLabourIllicitActivities)."""

SEX_EXPLOITATION: dict[str, SexExploitation] = {
    "prostitution": "Prostitution",
    "pornography": "Pornography",
    "remote": "RemoteInteractiveServices",
    "private": "PrivateSexualServices",
}

INDUSTRY: dict[str, Industry] = {
    "A": "A_AgricultureForestryAndFishing",
    "B": "B_MiningAndQuarrying",
    "C": "C_Manufacturing",
    "D": "D_ElectricityGasSteamAndAirConditioningSupply",
    "E": "E_WaterSupplySewerageWasteManagement",
    "F": "F_Construction",
    "G": "G_WholesaleAndRetailTradeRepairOfMotorVehicles",
    "H": "H_TransportationAndStorage",
    "I": "I_AccommodationAndFoodServiceActivities",
    "J": "J_InformationAndCommunication",
    "K": "K_FinancialAndInsuranceActivities",
    "L": "L_RealEstateActivities",
    "M": "M_ProfessionalScientificAndTechnicalActivities",
    "N": "N_AdministrativeAndSupportServiceActivities",
    "O": "O_PublicAdministrationAndDefence",
    "P": "P_Education",
    "Q": "Q_HumanHealthAndSocialWorkActivities",
    "R": "R_ArtsEntertainmentAndRecreation",
    "S": "S_OtherServiceActivities",
    "T": "T_ActivitiesOfHouseholdsAsEmployers",
    "U": "U_ActivitiesOfExtraterritorialOrganizations",
}

CONTROL: dict[str, Control] = {
    "threats": "PhysicalThreats",
    "threats_authorities": "ThreatsLawEnforcement",
    "threats_family": "ThreatensChildrenFamily",
    "debt": "DebtBondage",
    "false_promises": "FalsePromises",
    "violence": "PhysicalAbuse",
    "sexual_violence": "SexualAbuse",
    "takes_earnings": "TakesEarnings",
    "money_access": "RestrictsFinancialAccess",
    "medical_care": "RestrictsMedicalCare",
    "necessities": "WithholdsNecessities",
    "psychological": "PsychologicalAbuse",
    "drugs": "PsychoactiveSubstance",
    "hours": "ExcessiveWorkingHours",
    "documents": "WithholdsDocuments",
    "movement": "Other",
    "children": "Other",
    "other": "Other",
}

X_CONTROL = {"movement": "RestrictsMovement", "children": "UsesChildren"}
"""Described in the standard's definitions, missing from its lists; the names are those of CTDC."""

RECRUITMENT: dict[str, Recruitment] = {
    "business": "AtAPlaceOfBusiness",
    "school": "AtAnEducationalInstitution",
    "work": "AtWork",
    "social_network": "ThroughOnlineSocialNetworks",
    "online_advert": "ThroughAnOnlineAdvertisement",
    "television": "ThroughATelevisionAdvert",
    "newspaper": "ThroughANewspaperAdvert",
    "family": "ThroughFamilyOrFamilyEvents",
    "friends": "ThroughFriendsOrSocialEvents",
    "other": "Other",
}

APP: dict[str, App] = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "messenger": "FacebookMessenger",
    "viber": "Viber",
    "snapchat": "SnapChat",
    "line": "Line",
    "4sale": "4Sale",
    "wechat": "WeChat",
    "qq": "QQ",
    "qzone": "QZone",
    "tiktok": "TikTok",
    "twitter": "Twitter",
    "other": "Other",
}

RELATION: dict[str, Relationship] = {
    "family": "Familial",
    "partner": "Acquainted",
    "known": "Acquainted",
    "stranger": "Unaquainted",
}

X_RELATION = {"partner": "IntimatePartner", "unknown": "NotKnown"}

ROLE: dict[str, Role] = {
    "travelling": "TravellingPartner",
    "transporter": "Transporter",
    "recruiter": "RecruiterOrIntermediary",
    "travel_agent": "BrokerTravelAgent",
    "transferred": "TransferredIndividual",
    "harboured": "HarbouredIndividual",
    "sold": "SoldIndividual",
    "bought": "BoughtIndividual",
    "received": "ReceivedIndividual",
    "controlled": "ControlledIndividual",
    "smuggler": "Smuggler",
    "abuser": "Abuser",
    "kidnapper": "Kidnapper",
    "exploiter": "Exploiter",
    "other": "Other",
}

EVENT: dict[str, EventType] = {"recruitment": "Recruitment", "transit": "Transit", "exploitation": "Exploitation"}

LANGUAGES = {
    "am": "amh", "ar": "ara", "ary": "ara", "arz": "ara", "bg": "bul", "bin": "bin", "bn": "ben", "ckb": "kur",
    "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "ff": "ful", "fil": "fil", "fr": "fra", "ha": "hau",
    "hi": "hin", "hu": "hun", "id": "ind", "ig": "ibo", "it": "ita", "kmr": "kur", "kri": "cpe", "lb": "ltz",
    "lg": "lug", "mnk": "man", "ne": "nep", "nl": "nld", "pa": "pan", "pcm": "cpe", "pl": "pol", "ps": "pus",
    "pt": "por", "ro": "ron", "rom": "rom", "ru": "rus", "so": "som", "sq": "sqi", "th": "tha", "ti": "tir",
    "tl": "tgl", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "wo": "wol", "yo": "yor", "zh": "zho",
}  # fmt: skip
"""First part of a BCP 47 tag to ISO 639-2/T; the whole tag, script and region included, stays in `x_languages`."""

COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()  # noqa: SIM905  a table reads better than 249 quoted words
)
"""ISO 3166-1 alpha-2, the 249 assigned codes. Whatever else is written, XK included, stays in `x_citizenshipOther`."""

ALIASES = {
    "prs_First_Name": "prs_FirstName",
    "prs_Second_Name": "prs_SecondName",
    "vic_Methods_of_Control": "vic_MethodsOfControl",
    "vic_TraffickinStatusDecisionMakingOrg": "vic_TraffickingStatusDecisionMakingOrg",
}
"""Names in the standard's own XLSForm and Excel template that differ from its field list: read, never written."""
