"""Writing the draft of a tool: what it says as a whole, its domains, their questions."""

from collections import Counter

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import tools
from tracker.audits.authoring import commands
from tracker.audits.authoring.forms import DomainForm, QuestionForm, WholeForm
from tracker.audits.authoring.models import AuthorityTool
from tracker.audits.authoring.views.blueprint import bp, own_or_404, version_sent
from tracker.audits.schema import Domain, Question, Tool
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import Framework
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform.errors import Refused

NEW = "new"
"""In place of a code: what is being added."""
FIRST_DOMAIN = Domain(code="first", name="First domain", question="What do you look at first?")
GRADE_QUESTION, DIFFERENCE_QUESTION = "Grade", "What difference did it make for the child?"


@bp.route("/begin", methods=["GET", "POST"])
@allowed(Permission.WRITE_AUDIT_TOOLS)
def begin() -> ResponseReturnValue:
    """A tool of one's own from nothing: what it says as a whole; its domains are written next."""
    framework, form = _framework(), WholeForm()
    form.offer(framework.judged_areas)
    if request.method == "GET":
        form.grade_question.data, form.difference_question.data = GRADE_QUESTION, DIFFERENCE_QUESTION
    begun: list[AuthorityTool] = []

    def make() -> None:
        whole = vars(form.whole(framework.scale))
        tool = Tool(id="own", version=1, framework=framework.id, domains=(FIRST_DOMAIN,), **whole)
        begun.append(commands.begin(here(), tool=tool, by=me()))

    if form.carries_out(make):
        flash(f"{begun[0].name} is begun. Write its domains, then publish it.", "saved")
        return redirect(url_for(".show", tool_id=begun[0].tool_id))
    return render_template("audits/tools/whole.html", own=None, form=form), form.status


@bp.route("/<tool_id>/whole", methods=["GET", "POST"])
@allowed(Permission.WRITE_AUDIT_TOOLS)
def whole(tool_id: str) -> ResponseReturnValue:
    own, form = own_or_404(tool_id), WholeForm()
    tool = commands.draft_of(own)
    framework = frameworks.library().framework(tool.framework)
    form.offer(framework.judged_areas)
    if request.method == "GET":
        form.start(tool)
        form.version.data = own.version

    def change() -> None:
        commands.change_whole(own, version=form.version.data or 0, whole=form.whole(framework.scale), by=me())

    if form.carries_out(change):
        return _saved(own)
    return render_template("audits/tools/whole.html", own=own, form=form), form.status


@bp.route("/<tool_id>/domains/<code>", methods=["GET", "POST"])
@allowed(Permission.WRITE_AUDIT_TOOLS)
def domain(tool_id: str, code: str) -> ResponseReturnValue:
    own, form = own_or_404(tool_id), DomainForm()
    tool = commands.draft_of(own)
    before = None if code == NEW else tool.domain(code)
    form.offer()
    if request.method == "GET":
        form.version.data = own.version
        if before is not None:
            form.start(before)

    def change() -> None:
        version = form.version.data or 0
        if before is None:
            commands.add_domain(own, version=version, domain=form.domain, by=me())
        else:
            commands.change_domain(own, code, version=version, domain=form.domain, by=me())

    if form.carries_out(change):
        return _saved(own, None if before is None else code)
    return render_template("audits/tools/domain.html", own=own, domain=before, form=form), form.status


@bp.post("/<tool_id>/domains/<code>/move")
@allowed(Permission.WRITE_AUDIT_TOOLS)
def move_domain(tool_id: str, code: str) -> ResponseReturnValue:
    own = own_or_404(tool_id)
    commands.move_domain(own, code, version=version_sent(), later=request.form.get("to") == "later", by=me())
    return _saved(own, code)


@bp.post("/<tool_id>/domains/<code>/remove")
@allowed(Permission.WRITE_AUDIT_TOOLS)
def remove_domain(tool_id: str, code: str) -> ResponseReturnValue:
    own = own_or_404(tool_id)
    commands.remove_domain(own, code, version=version_sent(), by=me())
    return _saved(own)


@bp.route("/<tool_id>/domains/<code>/questions/<of>", methods=["GET", "POST"])
@allowed(Permission.WRITE_AUDIT_TOOLS)
def question(tool_id: str, code: str, of: str) -> ResponseReturnValue:
    own, form = own_or_404(tool_id), QuestionForm()
    tool = commands.draft_of(own)
    asked_in = tool.domain(code)
    before = None if of == NEW else _question(asked_in, of)
    form.offer(tool, asked_in, before)
    if request.method == "GET":
        form.version.data = own.version
        if before is not None:
            form.start(before)

    def change() -> None:
        version = form.version.data or 0
        if before is None:
            commands.add_question(own, code, version=version, question=form.question, by=me())
        else:
            commands.change_question(own, code, of, version=version, question=form.question, by=me())

    if form.carries_out(change):
        return _saved(own, code)
    return render_template(
        "audits/tools/question.html", own=own, domain=asked_in, question=before, form=form
    ), form.status


@bp.post("/<tool_id>/domains/<code>/questions/<of>/move")
@allowed(Permission.WRITE_AUDIT_TOOLS)
def move_question(tool_id: str, code: str, of: str) -> ResponseReturnValue:
    own = own_or_404(tool_id)
    later = request.form.get("to") == "later"
    commands.move_question(own, code, of, version=version_sent(), later=later, by=me())
    return _saved(own, code)


@bp.post("/<tool_id>/domains/<code>/questions/<of>/remove")
@allowed(Permission.WRITE_AUDIT_TOOLS)
def remove_question(tool_id: str, code: str, of: str) -> ResponseReturnValue:
    own = own_or_404(tool_id)
    commands.remove_question(own, code, of, version=version_sent(), by=me())
    return _saved(own, code)


def _saved(own: AuthorityTool, code: str | None = None) -> ResponseReturnValue:
    flash(f"The draft of {own.name} is saved.", "saved")
    return redirect(url_for(".show", tool_id=own.tool_id, _anchor=code))


def _question(domain: Domain, of: str) -> Question:
    found = next((one for one in domain.questions if one.code == of), None)
    if found is None:
        raise Refused("There is no such question any more. Open the domain again.")
    return found


def _framework() -> Framework:
    """That which most tools use."""
    used = Counter(tool.framework for tool in tools.of(here().id).latest)
    return frameworks.library().framework(used.most_common(1)[0][0])
