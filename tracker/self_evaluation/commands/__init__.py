"""Every way a self-evaluation changes. What is signed off is frozen: nothing changes it again."""

from tracker.self_evaluation.commands.areas import agree_area as agree_area
from tracker.self_evaluation.commands.areas import judge_area as judge_area
from tracker.self_evaluation.commands.cycle import holds as holds
from tracker.self_evaluation.commands.cycle import note_by_lead_member as note_by_lead_member
from tracker.self_evaluation.commands.cycle import pass_to_director as pass_to_director
from tracker.self_evaluation.commands.cycle import publish as publish
from tracker.self_evaluation.commands.cycle import send_standing_for_review as send_standing_for_review
from tracker.self_evaluation.commands.cycle import send_version_back as send_version_back
from tracker.self_evaluation.commands.cycle import send_version_for_review as send_version_for_review
from tracker.self_evaluation.commands.cycle import sign_off_version as sign_off_version
from tracker.self_evaluation.commands.statements import add_statement as add_statement
from tracker.self_evaluation.commands.statements import put_back as put_back
from tracker.self_evaluation.commands.statements import put_in_suggested as put_in_suggested
from tracker.self_evaluation.commands.statements import remove_statement as remove_statement
from tracker.self_evaluation.commands.statements import save_statement as save_statement
from tracker.self_evaluation.commands.statements import send_back as send_back
from tracker.self_evaluation.commands.statements import send_for_review as send_for_review
from tracker.self_evaluation.commands.statements import sign_off_statement as sign_off_statement
from tracker.self_evaluation.commands.versions import digest as digest
from tracker.self_evaluation.commands.versions import roll_forward as roll_forward
from tracker.self_evaluation.commands.versions import start_version as start_version
from tracker.self_evaluation.commands.versions import words_of as words_of
