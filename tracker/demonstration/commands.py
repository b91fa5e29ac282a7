"""Loads the demonstration into a database that does not have it yet, and says how to look at it."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from sqlalchemy import select

from tracker.demonstration import (
    annex_a,
    auditing,
    boards,
    council,
    counts,
    evidence_work,
    handing,
    judging,
    keeping,
    lessons,
    neighbour,
    other_sources,
    pack_profiles,
    pathways,
    plan,
    programmes,
    published,
    register,
    rehearsing,
    reports,
    schema,
    statements,
    statutory,
    surveys,
)
from tracker.demonstration.audit_schema import AuditsFile, FindingsFile, WordsFile
from tracker.demonstration.measure_schema import MeasuresFile
from tracker.demonstration.phrases import Phrases
from tracker.demonstration.stage import Scene, Stage, play
from tracker.demonstration.statement_schema import VersionFile
from tracker.people import queries as people
from tracker.people.models import Authority
from tracker.people.rules import ROLE_LABELS
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Refused


def load() -> None:
    """Play the demonstration into an empty database. One that has its authority is left as it is.

    Raises Refused where another authority is: its people's data and a password that everybody knows do not mix.
    """
    if people.authority(schema.people().authority.slug) is not None:
        return
    other = db.session.scalars(select(Authority.name).limit(1)).first()
    if other is not None:
        raise Refused(f"This database holds {other}. Load the demonstration into a database of its own.")
    stage = Stage(today=clock.today())
    play(stage, scenes(stage))


def what_next(file: Path, address: str) -> str:
    """Where the pack is, where the site will be, and who can sign in."""
    told = schema.people()
    shown = [one for key in told.shown_first for one in told.people if one.key == key]
    sign_ins = [f"  {one.email:<32} {one.name} ({ROLE_LABELS[one.role]})" for one in shown]
    return "\n".join(
        [
            "",
            f"The self-evaluation pack is {file}",
            f"The site is at {address}/",
            "",
            f"Sign in with the password “{told.password}” as one of:",
            *sign_ins,
            *_in_two_authorities(),
            "",
            "The inspection reports are real. Everything else is invented.",
        ]
    )


def _in_two_authorities() -> Iterator[str]:
    both = {one.key for one in neighbour.told().both}
    for one in schema.people().people:
        if one.key in both:
            yield f"  {one.email:<32} {one.name}, who works in two authorities"


def scenes(stage: Stage) -> Iterator[Scene]:
    """Everything that happens. Of one day, what stands first here comes first."""
    told = schema.people()
    items = schema.read(schema.ItemsFile, "items")
    measures = schema.read(MeasuresFile, "measures")
    actions = schema.read(schema.ActionsFile, "actions")
    more_actions = schema.read(schema.ActionsFile, "actions-other_sources")
    audits = schema.read_all(AuditsFile, "audits")
    findings = schema.read(FindingsFile, "findings")
    first = schema.read(VersionFile, "self_evaluation-spring")
    current = schema.read(VersionFile, "self_evaluation-autumn")
    year = schema.read(programmes.ProgrammeFile, "programmes")
    rehearsal = schema.read(rehearsing.RehearsalFile, "rehearsal")
    phrases = Phrases(schema.read_all(WordsFile, "audit_words"))
    return chain(
        council.scenes(stage, told),
        counts.beginnings(stage, measures, told.begins),
        reports.imports(stage, items),
        published.additions(stage),
        other_sources.additions(stage, items),
        reports.decisions(stage, items),
        counts.links(stage, measures),
        counts.figures(stage, measures),
        counts.breakdowns(stage, measures),
        counts.changes(stage, measures),
        counts.published(stage, measures),
        plan.registers(stage, actions),
        plan.promises(stage, actions),
        plan.dependencies(stage, actions),
        plan.promises(stage, more_actions),
        *(register.scenes(stage, file) for file in schema.read_all(schema.EvidenceFile, "evidence")),
        keeping.scenes(stage),
        evidence_work.scenes(stage, schema.read(evidence_work.EvidenceWorkFile, "evidence_work")),
        judging.scenes(stage, actions),
        plan.trails(stage, actions),
        plan.trails(stage, more_actions),
        reports.appraisals(stage, items),
        other_sources.mergers(stage, items),
        reports.closings(stage, items),
        auditing.scenes(stage, audits, phrases, year),
        lessons.scenes(stage, findings, audits),
        programmes.scenes(stage, year),
        pathways.scenes(stage, schema.read(pathways.PathwaysFile, "pathways")),
        statements.first(stage, first),
        statements.current(stage, current, first),
        boards.scenes(stage, schema.read(boards.BoardsFile, "boards")),
        statutory.scenes(stage, schema.read(statutory.ClocksFile, "statutory")),
        annex_a.scenes(stage, schema.read(annex_a.AnnexFile, "annex_a")),
        surveys.scenes(stage, schema.read(surveys.SurveysFile, "surveys")),
        rehearsing.scenes(stage, rehearsal),
        handing.scenes(stage, schema.read(handing.RequestsFile, "rehearsal_requests"), rehearsal.called),
        pack_profiles.scenes(stage, schema.read(pack_profiles.ProfilesFile, "pack_profiles")),
    )
