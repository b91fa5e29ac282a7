from wtforms.validators import InputRequired, Length

from tracker.web.fields import PasswordField
from tracker.web.form import Form


class ConfirmForm(Form):
    password = PasswordField("Password", [InputRequired("Enter your password"), Length(max=1000)])
