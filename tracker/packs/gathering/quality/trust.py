"""How far audits can be trusted: what was moderated, and how far moderators agree."""

from reports.contents import KeyFigure, Quality
from tracker.audits.analysis.rules import Figures, Portion
from tracker.packs.gathering.quality.words import interval, of


def moderation(now: Figures) -> Quality:
    same = Portion(now.moderated.get("the same", 0), now.moderation.part)
    higher, lower = now.moderated.get("higher", 0), now.moderated.get("lower", 0)
    said = "The moderator grades without sight of the auditor’s grades. The moderated grade counts."
    if not now.moderation.part:
        return Quality(title="Moderation and agreement", lede=said, nothing="No audit of the quarter is moderated yet.")
    return Quality(
        title="Moderation and agreement",
        lede=said,
        figures=(
            KeyFigure(label="Moderated", value=of(now.moderation), note="of audits finished"),
            KeyFigure(label="The same grade", value=of(same), note=interval(same)),
            KeyFigure(label="Moderator higher", value=str(higher), note="the auditor was more severe"),
            KeyFigure(label="Moderator lower", value=str(lower), note="the auditor was less severe"),
        ),
    )
