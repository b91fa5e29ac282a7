from flask import Blueprint

bp = Blueprint("self_evaluation", __name__, url_prefix="/<authority>")
