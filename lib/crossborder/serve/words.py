"""What the server itself says, in both languages at once.

A page is drawn before anybody knows who reads it, so each sentence is sent in every language and the page shows
the one that fits ``<html lang>`` (look.css).
"""

from crossborder.i18n import LANGUAGES, N_, _, in_language

WORDS = {
    "skip": N_("Skip to the content"),
    "no_script": N_("This is the page's first picture. Its controls need JavaScript, which is off in this browser."),
    "opening": N_("Opening the page …"),
    "home": N_("To the start page"),
    "reload": N_("Reload"),
    "go_on": N_("Go on with these inputs"),
    "too_large": N_("{name} has {size} MB; a file may have up to {limit} MB. Send fewer rows or columns."),
    "asleep": N_("The calculation behind this page has ended, so its controls no longer answer."),
    "lost": N_("The connection to the workbench is lost. It may have been stopped."),
    "failed": N_("This part of the page could not be shown."),
    "reference": N_("Reference for the person who runs the workbench:"),
    "too_long": N_("This part took too long and was stopped."),
    "login_title": N_("This workbench needs its key"),
    "login_text": N_(
        "Open the address that was printed when the workbench was started, or paste the key from it here."
    ),
    "login_wrong": N_("That key does not fit. Copy the part after token= from the printed address."),
    "login_label": N_("Key"),
    "login_button": N_("Open"),
    "full_title": N_("The workbench is full at the moment"),
    "full_text": N_(
        "As many pages are open as this computer can serve. Please close one, or try again in a few minutes."
    ),
    "missing_title": N_("There is no such page"),
    "missing_text": N_("The address may be misspelt, or the page was moved."),
    "error_title": N_("This page could not be opened"),
    "error_text": N_("Nothing was lost. Reload the page; if it stays like this, start the workbench again."),
}


def page_words() -> dict[str, dict[str, str]]:
    """Each sentence by language: ``page_words()["reload"]["en"] == "Reload"``."""
    spoken: dict[str, dict[str, str]] = {key: {} for key in WORDS}
    for language in LANGUAGES:
        with in_language(language):
            for key, message in WORDS.items():
                spoken[key][language] = _(message)
    return spoken
