"""The shape of HTCDS 2.0 (IOM, CC BY 4.0, no endorsement) as records: its 81 live fields, its code lists, and our `x_`.

The names are the standard's own. Repeated entities and everything the standard has no field for stand in our versioned
extension, so that a reader of plain HTCDS may leave out every key that begins with `x_`.
"""

# ruff: noqa: N815  the names are those of the published standard; msgspec gives each record its own dict

from datetime import date
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from victim_id.record import Record

HTCDS_VERSION = "2.0"
HTCDS_COMMIT = "3c2f6537cd76c3305975aa5eef7a1bf26fe20a30"
X_VERSION = 1

Phone: TypeAlias = Annotated[str, Meta(pattern=r"^\+?[1-9][0-9]{1,14}$(?!\n)")]
Country: TypeAlias = Annotated[str, Meta(pattern=r"^[A-Z]{2}$(?!\n)")]
LanguageCode: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z]{2,3}$(?!\n)")]
Count: TypeAlias = Annotated[int, Meta(ge=0, le=150)]

Entry: TypeAlias = str | tuple[str, ...]
Block: TypeAlias = dict[str, Entry]
Value: TypeAlias = str | Block | tuple[str | Block, ...]
"""The value of one referral field: text, its parts, or a list of either."""

OrganisationType: TypeAlias = Literal[
    "NGO",
    "LawEnforcement",
    "HealthServiceOrganisation",
    "CentralGovernmentOrganisation",
    "LocalGovernmentOrganisation",
    "ImmigrationService",
    "LegalService",
    "CorporateBusiness",
    "SchoolOrCollege",
]
Gender: TypeAlias = Literal[
    "Feminine", "Masculine", "TransgenderFeminine", "TransgenderMasculine", "NonConforming", "NonSpecifiedUnknown"
]
MaritalStatus: TypeAlias = Literal["Single", "Married", "Widowed", "Divorced", "Separated", "RegisteredPartnership"]
Education: TypeAlias = Literal[
    "EarlyChildhoodEducation",
    "PrimaryEducation",
    "LowerSecondaryEducation",
    "UpperSecondaryEducation",
    "PostSecondaryNonTertiaryEducation",
    "ShortCycleTertiaryEducation",
    "BachelorsOrEquivalentLevel",
    "MastersOrEquivalentLevel",
    "DoctoralOrEquivalentLevel",
]
Status: TypeAlias = Literal["PossibleVictimOfTrafficking", "ActualVictimOfTrafficking", "NotAVictimOfTrafficking"]
Decider: TypeAlias = Literal["Police", "NGO", "CourtOrProsecution", "NonPoliceGovernmentalOrganization", "Other"]
Relationship: TypeAlias = Literal["Familial", "Acquainted", "Unaquainted"]
App: TypeAlias = Literal[
    "Facebook",
    "Instagram",
    "WhatsApp",
    "Telegram",
    "FacebookMessenger",
    "Viber",
    "SnapChat",
    "Line",
    "4Sale",
    "WeChat",
    "QQ",
    "QZone",
    "TikTok",
    "Twitter",
    "Other",
]
Recruitment: TypeAlias = Literal[
    "AtAPlaceOfBusiness",
    "AtAnEducationalInstitution",
    "AtWork",
    "ThroughOnlineSocialNetworks",
    "ThroughAnOnlineAdvertisement",
    "ThroughATelevisionAdvert",
    "ThroughANewspaperAdvert",
    "ThroughFamilyOrFamilyEvents",
    "ThroughFriendsOrSocialEvents",
    "Other",
]
Control: TypeAlias = Literal[
    "PhysicalThreats",
    "ThreatsLawEnforcement",
    "ThreatensChildrenFamily",
    "DebtBondage",
    "FalsePromises",
    "PhysicalAbuse",
    "SexualAbuse",
    "TakesEarnings",
    "RestrictsFinancialAccess",
    "RestrictsMedicalCare",
    "WithholdsNecessities",
    "PsychologicalAbuse",
    "PsychoactiveSubstance",
    "ExcessiveWorkingHours",
    "WithholdsDocuments",
    "Other",
]
Exploitation: TypeAlias = Literal[
    "ForcedLabour",
    "SexualExploitation",
    "ChildLabour",
    "ForcedMarriage",
    "Servitude",
    "ForcedMilitaryByNonStateActors",
    "OrganRemoval",
    "ForcedBegging",
    "ForcedAdoption",
    "Surrogacy",
    "Other",
]
Industry: TypeAlias = Literal[
    "A_AgricultureForestryAndFishing",
    "B_MiningAndQuarrying",
    "C_Manufacturing",
    "D_ElectricityGasSteamAndAirConditioningSupply",
    "E_WaterSupplySewerageWasteManagement",
    "F_Construction",
    "G_WholesaleAndRetailTradeRepairOfMotorVehicles",
    "H_TransportationAndStorage",
    "I_AccommodationAndFoodServiceActivities",
    "J_InformationAndCommunication",
    "K_FinancialAndInsuranceActivities",
    "L_RealEstateActivities",
    "M_ProfessionalScientificAndTechnicalActivities",
    "N_AdministrativeAndSupportServiceActivities",
    "O_PublicAdministrationAndDefence",
    "P_Education",
    "Q_HumanHealthAndSocialWorkActivities",
    "R_ArtsEntertainmentAndRecreation",
    "S_OtherServiceActivities",
    "T_ActivitiesOfHouseholdsAsEmployers",
    "U_ActivitiesOfExtraterritorialOrganizations",
]
SexExploitation: TypeAlias = Literal[
    "Prostitution", "Pornography", "RemoteInteractiveServices", "PrivateSexualServices"
]
Role: TypeAlias = Literal[
    "TravellingPartner",
    "Transporter",
    "RecruiterOrIntermediary",
    "BrokerTravelAgent",
    "TransferredIndividual",
    "HarbouredIndividual",
    "SoldIndividual",
    "BoughtIndividual",
    "ReceivedIndividual",
    "ControlledIndividual",
    "Smuggler",
    "Abuser",
    "Kidnapper",
    "Exploiter",
    "Other",
]
CaseStatus: TypeAlias = Literal["Active", "FollowUp", "Closed", "ClosedReferred"]
ReferralReason: TypeAlias = Literal["AdditionalServicesRequired", "MigrationOrChangeOfLocation", "Other"]
EventType: TypeAlias = Literal["Recruitment", "Transit", "Exploitation"]
SupportType: TypeAlias = Literal[
    "Education",
    "Financial",
    "Health",
    "LabourExploitationRehabilitation",
    "Legal",
    "Livelihood",
    "RightsBasedTraining",
    "SexualExploitationRehabilitation",
    "SocialCare",
]


class Organisation(Record, kw_only=True, omit_defaults=True):
    """Where the standard looks up an organisation."""

    org_Name: str = ""
    org_ShippingCity: str = ""
    org_ShippingCountry: Country | None = None
    org_ShippingState: str = ""
    org_ShippingStreet: str = ""
    org_ShippingPostalCode: str = ""
    org_ShippingLongitude: float | None = None
    org_ShippingLatitude: float | None = None
    org_Phone: Phone | None = None
    org_Type: OrganisationType | None = None


class Worker(Record, kw_only=True, omit_defaults=True):
    """Where the standard looks up a user or a person who works on the case; the name stays as it was written."""

    prs_Title: str = ""
    x_name: str = ""
    x_email: str = ""
    x_deputy: str = ""


class Event(Record, kw_only=True, omit_defaults=True):
    """A historic trafficking event; `x_date` holds a date that is not exact."""

    hte_Longitude: float | None = None
    hte_Latitude: float | None = None
    hte_City: str = ""
    hte_Country: Country | None = None
    hte_State: str = ""
    hte_Street: str = ""
    hte_PostalCode: str = ""
    hte_Date: date | None = None
    hte_Type: EventType | None = None
    hte_Description: str = ""
    x_date: str = ""


class Perpetrator(Record, kw_only=True, omit_defaults=True):
    """Somebody alleged to have taken part; only in what goes to the police."""

    per_RoleInProcess: tuple[Role, ...] = ()
    per_RoleDetails: str = ""
    per_Organisation: Organisation | None = None
    x_language: str = ""
    x_vehicles: str = ""
    x_phones: str = ""


class HtcdsRecord(Record, kw_only=True, omit_defaults=True):
    """One case as HTCDS 2.0 with our extension. Unknown keys are refused."""

    htcds_version: Literal["2.0"]
    htcds_commit: str = ""
    org_Name: str = ""
    org_ShippingCity: str = ""
    org_ShippingCountry: Country | None = None
    org_ShippingState: str = ""
    org_ShippingStreet: str = ""
    org_ShippingPostalCode: str = ""
    org_ShippingLongitude: float | None = None
    org_ShippingLatitude: float | None = None
    org_Phone: Phone | None = None
    org_Type: OrganisationType | None = None
    prs_Salutation: str = ""
    prs_FirstName: str = ""
    prs_MiddleName: str = ""
    prs_SecondName: str = ""
    prs_Birthdate: date | None = None
    prs_Gender: Gender | None = None
    prs_Deceased: bool | None = None
    prs_MaritalStatus: MaritalStatus | None = None
    prs_NumberOfChildren: Count | None = None
    prs_PrimaryLanguage: LanguageCode | None = None
    prs_SecondaryLanguage: LanguageCode | None = None
    prs_HighestLevelOfEducation: Education | None = None
    prs_Citizenship: tuple[Country, ...] = ()
    prs_IdentityNumber: str = ""
    prs_Title: str = ""
    prs_Email: str = ""
    prs_HomePhone: Phone | None = None
    prs_MobilePhone: Phone | None = None
    prs_MailingCity: str = ""
    prs_MailingCountry: Country | None = None
    prs_MailingState: str = ""
    prs_MailingStreet: str = ""
    prs_MailingPostalCode: str = ""
    prs_MailingLongitude: float | None = None
    prs_MailingLatitude: float | None = None
    vic_TraffickingStatus: Status | None = None
    vic_TraffickingStatusDecisionMakingOrg: Decider | None = None
    vic_RelationshipToTrafficker: Relationship | None = None
    vic_AgeWhenTrafficked: Count | None = None
    vic_RecruitmentWebsitesAndApps: tuple[App, ...] = ()
    vic_MethodOfRecruitment: tuple[Recruitment, ...] = ()
    vic_LocationOfRecruitment: Organisation | None = None
    vic_MethodsOfControl: tuple[Control, ...] = ()
    vic_TypeOfExploitation: tuple[Exploitation, ...] = ()
    vic_ForcedLabourIndustry: Industry | None = None
    vic_TypeOfSexExploitation: tuple[SexExploitation, ...] = ()
    vic_LocationOfExploitation: Organisation | None = None
    vic_ExploitationWebsitesAndApps: tuple[App, ...] = ()
    per_RoleInProcess: tuple[Role, ...] = ()
    per_RoleDetails: str = ""
    per_Organisation: Organisation | None = None
    cas_Status: CaseStatus | None = None
    cas_ReasonForCaseClosure: str = ""
    cas_CaseOwner: Worker | None = None
    cas_ReferringOrganisation: Organisation | None = None
    cas_IncomingReferralDate: date | None = None
    cas_ReferringPrimaryCaseWorker: Worker | None = None
    cas_ReasonForIncomingReferral: ReferralReason | None = None
    cas_IncomingReferralDetails: str = ""
    cas_ReferredOrganisation: Organisation | None = None
    cas_ReferredPrimaryCaseWorker: Worker | None = None
    cas_ReasonForOutgoingReferral: ReferralReason | None = None
    cas_OutgoingReferralDate: date | None = None
    cas_OutgoingReferralDetails: str = ""
    cco_CaseComment: str = ""
    hte_Longitude: float | None = None
    hte_Latitude: float | None = None
    hte_City: str = ""
    hte_Country: Country | None = None
    hte_State: str = ""
    hte_Street: str = ""
    hte_PostalCode: str = ""
    hte_Date: date | None = None
    hte_Type: EventType | None = None
    hte_Description: str = ""
    spl_Objectives: str = ""
    spl_ActionPlan: str = ""
    spl_PlannedEndDate: date | None = None
    spl_ActualEndDate: date | None = None
    spl_Type: SupportType | None = None
    con_Consent: bool | None = None

    x_version: int = 0
    x_formId: str = ""
    x_form: Block = {}
    x_recipient: str = ""
    x_purpose: str = ""
    x_sentAt: str = ""
    x_urgency: str = ""
    x_handling: str = ""
    x_sender: dict[str, Value] = {}
    x_consent: tuple[Block, ...] = ()
    x_consentDetails: dict[str, Value] = {}
    x_clientCode: str = ""
    x_aliases: tuple[str, ...] = ()
    x_identityNumbers: tuple[Block, ...] = ()
    x_address: str = ""
    x_ageBand: str = ""
    x_ageCertainty: str = ""
    x_minor: Literal["yes", "no", "unsure", ""] = ""
    x_minorThen: Literal["yes", "no", "unsure", ""] = ""
    x_stateless: str = ""
    x_citizenshipOther: tuple[str, ...] = ()
    x_languages: Block = {}
    x_idDocuments: str = ""
    x_person: dict[str, Value] = {}
    x_contacts: tuple[Block, ...] = ()
    x_safe: bool = False
    x_safety: dict[str, Value] = {}
    x_exploitation: tuple[str, ...] = ()
    x_industries: tuple[Industry, ...] = ()
    x_industryDetail: str = ""
    x_acts: tuple[str, ...] = ()
    x_methodsOfControl: tuple[str, ...] = ()
    x_recruitmentApp: str = ""
    x_events: tuple[Event, ...] = ()
    x_relation: str = ""
    x_account: dict[str, Value] = {}
    x_indications: dict[str, Value] = {}
    x_needs: dict[str, Value] = {}
    x_procedure: dict[str, Value] = {}
    x_employer: Block = {}
    x_perpetrators: tuple[Perpetrator, ...] = ()
    x_perpetratorsNow: str = ""
    x_others: Block = {}
    x_evidence: dict[str, Value] = {}
    x_hosting: dict[str, Value] = {}
    x_receipt: dict[str, Value] = {}
    x_deleteAfter: str = ""
    x_unmapped: dict[str, tuple[str, ...]] = {}
