from wtforms.validators import InputRequired, Length

from tracker.web.fields import EmailField, PasswordField, SubmitField, TextField
from tracker.web.form import Form


class SignInForm(Form):
    email = EmailField("E-mail address", [InputRequired("Enter your e-mail address"), Length(max=254)])
    password = PasswordField("Password", [InputRequired("Enter your password"), Length(max=1000)])
    submit = SubmitField("Sign in")


class AcceptForm(Form):
    name = TextField("Your name", [InputRequired("Enter your name as colleagues know it"), Length(max=200)])
    password = PasswordField(
        "New password", [InputRequired("Enter a password"), Length(max=1000)], hint="Three random words are enough."
    )
