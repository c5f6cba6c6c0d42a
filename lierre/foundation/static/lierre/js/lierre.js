/* The order is that of need: `combo-box` is a `suggest-box` that chooses a value. Each file stands alone in its own scope. */
import "./suggest-box.js";
import "./combo-box.js";
import "./char-count.js";
import "./column-choice.js";
import "./command-palette.js";
import "./copy-button.js";
import "./dialog-opener.js";
import "./file-drop.js";
import "./key-answers.js";
import "./tab-set.js";
import "./toast-region.js";
import "./tree-view.js";
import "./requests.js";
