// Everything a page does beyond links and forms; each module is one behaviour.
import "./menus.js";
import "./dialogs.js";
import "./confirm.js";
import "./autosend.js";
import "./copying.js";
import "./drafts.js";
import "./unsaved.js";
import "./refused.js";
import "./printing.js";
import "./faces.js";
