"""The person of a request, as Flask-Login and the templates see her."""

from tracker.people.models import Membership
from tracker.people.sessions.models import PersonSession


class SignedIn:
    is_authenticated = True
    is_anonymous = False

    def __init__(
        self,
        session: PersonSession,
        token: str,
        membership: Membership | None = None,
        *,
        serves_several: bool = False,
    ) -> None:
        self.session = session
        self.person = session.person
        self.serves_several = serves_several
        """Whether she can change from one authority to another."""
        self.membership = membership
        """In the authority that the address names, if it names one where she works."""
        self.is_active = session.person.active
        self._token = token

    def get_id(self) -> str:
        """What the cookie holds of her: the secret of her session, not who she is."""
        return self._token
