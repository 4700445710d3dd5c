// What a reader had begun on the still page goes on in the living one: where the keyboard is, what stands in a form.
const STOPS = "a[href], button, input, select, textarea, summary";
const NAMED = /^(A|BUTTON|SUMMARY)$/; // by their text; fields by their names

const sign = (one) => [one.tagName, one.type, one.name, one.dataset.action, one.dataset.value, one.dataset.themeChoice,
  one.closest("[data-name]")?.dataset.name, one.type === "radio" ? one.value : NAMED.test(one.tagName) ? one.textContent : ""].join("|");

function twins(still, living) {
  const seen = [...still.querySelectorAll(STOPS)].filter((each) => each.checkVisibility()); // one language of several
  const stops = [...living.querySelectorAll(STOPS)];
  return (one) => {
    const alike = (each) => sign(each) === sign(one);
    return stops.filter(alike)[seen.filter(alike).indexOf(one)];
  };
}

const chosen = (field) => ["radio", "checkbox"].includes(field.type);
const begun = (field) => (chosen(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);

// Before the still page goes; what it returns puts the keyboard back where it was, once the living one can be seen
export function carryOver(still, living) {
  const twin = twins(still, living);
  for (const field of still.querySelectorAll("form[data-form] :is(input, textarea)")) {
    const other = begun(field) && twin(field);
    if (!other) continue;
    if (chosen(field)) other.checked = field.checked;
    else other.value = field.value;
  }
  const active = still.contains(document.activeElement) ? document.activeElement : null;
  const other = active && twin(active);
  const caret = typeof active?.selectionStart === "number" ? [active.selectionStart, active.selectionEnd] : null;
  return () => {
    other?.focus({ preventScroll: true });
    if (other && caret) other.setSelectionRange(...caret);
  };
}
