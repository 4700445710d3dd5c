// HTML that arrives as data is shown without whatever could act: scripts, handlers, frames, foreign addresses.
import sanitize from "sanitize-html";

const KNOWN = {
  allowedTags: [
    ...sanitize.defaults.allowedTags, "img", "details", "summary", "del", "ins", "progress", "meter",
  ],
  allowedAttributes: {
    "*": ["aria-*", "class", "style", "title", "role", "dir", "lang", "hidden"],
    a: ["href", "target", "rel"],
    img: ["src", "alt", "width", "height"],
    td: ["colspan", "rowspan", "headers"],
    th: ["colspan", "rowspan", "headers", "scope"],
    col: ["span"],
    colgroup: ["span"],
    details: ["open"],
    ol: ["start", "reversed", "type"],
    progress: ["value", "max"],
    meter: ["value", "min", "max", "low", "high", "optimum"],
    time: ["datetime"],
  },
  allowedSchemes: ["http", "https", "mailto"],
  allowedSchemesByTag: { img: ["data"] },
  allowProtocolRelative: false,
  parseStyleAttributes: false, // the page's own policy keeps styles from asking anybody else
};

export const harmless = (html) => sanitize(String(html ?? ""), KNOWN);
