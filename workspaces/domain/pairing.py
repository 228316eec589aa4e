"""The sides people stand on, and what makes a pair."""

from enum import StrEnum


class Side(StrEnum):
    """Which half of the conversation a member speaks for."""

    CLINICIAN = "clinician"
    MANAGER = "manager"
    PATIENT_PARTNER = "patient_partner"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"patient_partner": "Patient partner", "other": "Other colleague"}.get(self.value, self.value.title())


PAIR_SIDES = (Side.CLINICIAN, Side.MANAGER)
