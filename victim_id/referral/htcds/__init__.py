"""A case as HTCDS 2.0 (IOM, CC BY 4.0, no endorsement) with a versioned extension: made here, written and read strictly."""

from victim_id.referral.htcds.files import read_record, schema, write_csv, write_record
from victim_id.referral.htcds.mapping import identity_record, record

__all__ = ["identity_record", "read_record", "record", "schema", "write_csv", "write_record"]
