"""The few exceptions a caller may want to catch. Each message is a sentence for a person."""


class CrossborderError(Exception):
    """Base of all errors this library raises on purpose."""


class BoundsError(CrossborderError, ValueError):
    """A scenario's number, choice or date lies outside what it may be."""


class UnknownFactError(CrossborderError, KeyError):
    """No sourced statement has that id."""

    def __str__(self) -> str:  # KeyError would show the repr of the sentence
        return str(self.args[0])


class FactValueError(CrossborderError, ValueError):
    """A statement has no single number where one was asked for."""


class InputFileError(CrossborderError, ValueError):
    """A user's file cannot be read as a whole; nothing of it was taken."""


class MissingTableError(CrossborderError, LookupError):
    """A scenario names a table (an uploaded file) that is not at hand."""


class FormulaError(CrossborderError, ValueError):
    """A policy formula cannot be read."""


class UnreadableError(CrossborderError, ValueError):
    """A text holds no scenario or result that this version can read."""


class MisfitError(CrossborderError, ValueError):
    """A picture was asked of a result that does not hold what it draws."""


class EngineError(CrossborderError, ValueError):
    """An engine was asked for something outside its law."""
