"""GOV.UK Notify, through its own client: the one door to it. Only worker processes import this."""

from collections.abc import Callable

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from tracker.platform.mail import Letter, NotSent, Unknown
from tracker.settings import MailSettings

COME_AGAIN = frozenset({401, 403, 408, 429})
"""Refusals that say nothing about the letter: a key to put right, a limit that ends."""


class NotifySender:
    """Fills one general template with the subject and the text of a letter."""

    def __init__(self, settings: MailSettings) -> None:
        self.template = settings.notify_template
        self.client = NotificationsAPIClient(settings.notify_key, base_url=settings.notify_address)

    def send(self, letter: Letter, *, handing_over: Callable[[], None]) -> None:
        handing_over()
        try:
            self.client.send_email_notification(
                letter.to,
                self.template,
                personalisation={"subject": letter.subject, "body": letter.text},
                reference=letter.identity,
                one_click_unsubscribe_url=letter.unsubscribe or None,
            )
        except APIError as fault:
            raise _meaning(fault) from fault

    def has(self, letter: Letter) -> bool | None:
        """Notify keeps our reference, so it can always be asked."""
        try:
            found = self.client.get_all_notifications(reference=letter.identity)
        except APIError as fault:
            raise NotSent(f"GOV.UK Notify cannot be asked: {fault}") from fault
        return bool(found["notifications"])


def _meaning(fault: APIError) -> NotSent | Unknown:
    """Refused, or no telling: a fault of Notify's or a broken connection may come after the letter was taken."""
    if fault.response is None or fault.status_code >= 500:
        return Unknown(f"GOV.UK Notify did not answer: {fault}")
    return NotSent(f"GOV.UK Notify refused: {fault}", again=fault.status_code in COME_AGAIN)
