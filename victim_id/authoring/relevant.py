"""Conditions and bounds as expressions of the ODK tools (ODK XForms Specification, XPath with `${name}` references).

No condition of the content negates, so an expression that is true exactly when every leaf it needs is known and true
says the same as three-valued logic: what is empty makes it false, and the question is not asked.
"""

from victim_id.instrument.shapes import Condition, Question


def relevant(condition: Condition, own: str) -> str:
    """Gives the expression for when a question is asked; a condition without a question speaks of `own`."""
    for parts, word in ((condition.all, " and "), (condition.any, " or ")):
        if parts:
            return word.join(_nested(relevant(part, own)) for part in parts)
    name = condition.question or own
    if condition.is_ or condition.has:
        return f"selected(${{{name}}}, '{condition.is_ or condition.has}')"
    tests = [
        f"${{{name}}} {sign} {bound}"
        for sign, bound in ((">=", condition.at_least), ("<=", condition.at_most))
        if bound is not None
    ]
    return " and ".join([f"${{{name}}} != ''", *tests])


def constraint(question: Question) -> str:
    """Gives the bounds of a number; empty for other kinds."""
    return f". >= {question.least} and . <= {question.most}" if question.kind == "number" else ""


def _nested(expression: str) -> str:
    return f"({expression})" if " and " in expression or " or " in expression else expression
