// What a device adds to pages that work without it: drafts, smaller photos, fields that hide, ready answers,
// no second submit, printing. Nothing here is needed to read or to send a form.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const PREFIX = "cunshi:draft:", WEEK = 7 * 24 * 3600 * 1000, SIDE = 1600;

  // Storage may be full or forbidden: drafts are a kindness, never a need.
  const store = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* no draft then */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* nothing to drop */ } },
    keys() { try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; } },
  };

  // A page that says how an action went means that the form arrived, unless a sign-in lies between.
  const arrived = document.querySelector("[data-said]") !== null && !/\/sign-in(\?|$)/.test(document.referrer);
  for (const key of store.keys()) {
    const draft = store.get(key);
    if (!draft || (arrived && draft.sent) || Date.now() - draft.at > WEEK) store.drop(key);
  }

  const isBox = (field) => field.type === "radio" || field.type === "checkbox";
  const typed = (form) => all("input, textarea, select", form).filter((field) => field.name && !["hidden", "file", "password"].includes(field.type));
  const changed = (field) => {
    if (isBox(field)) return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return !field.selectedOptions[0]?.defaultSelected && field.selectedIndex > 0;
    return field.value !== field.defaultValue;
  };

  const keepDraft = (form) => {
    const key = PREFIX + form.dataset.draft;
    const save = (sent) => {
      const fields = typed(form);
      if (!fields.some(changed)) { store.drop(key); return; }
      store.set(key, { at: Date.now(), sent, values: fields.map((field) => [field.name, field.type, field.value, field.checked]) });
    };
    let waiting = 0;
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => save(false), 400); });
    form.addEventListener("submit", () => { clearTimeout(waiting); save(true); });
    const draft = store.get(key);
    // What the server kept after a mistake is newer than the draft.
    if (!draft || form.querySelector(".wrongs")) return;
    const fields = typed(form);
    let restored = false;
    for (const [name, type, value, checked] of draft.values) {
      const field = fields.find((one) => one.name === name && one.type === type && (!isBox(one) || one.value === value));
      if (!field) continue;
      if (isBox(field)) { restored ||= field.checked !== checked; field.checked = checked; }
      else if (value && field.value !== value) { restored = true; field.value = value; }
    }
    if (!restored) return;
    const note = document.createElement("p");
    note.className = "alert draft";
    note.setAttribute("role", "status");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = form.dataset.afresh;
    button.addEventListener("click", () => {
      store.drop(key);
      form.reset();
      note.remove();
      form.dispatchEvent(new Event("change"));
    });
    note.append(form.dataset.restored, button);
    form.prepend(note);
    const fold = form.closest("details");
    if (fold) fold.open = true;
  };

  // A field is shown while another one has one of its values.
  const hideFields = (form) => {
    const conditional = all("[data-when]", form);
    if (!conditional.length) return;
    const value = (name) => {
      const fields = all("input, select, textarea", form).filter((field) => field.name === name);
      const boxes = fields.filter((field) => field.type === "radio" || field.type === "checkbox");
      if (!boxes.length) return fields.map((field) => field.value);
      const chosen = boxes.filter((field) => field.checked).map((field) => field.value);
      return chosen.length || boxes[0].type === "radio" ? chosen : ["false"];
    };
    const update = () => {
      for (const field of conditional) {
        const wanted = JSON.parse(field.dataset.is);
        field.hidden = !value(field.dataset.when).some((one) => wanted.includes(one));
      }
    };
    form.addEventListener("change", update);
    update();
  };

  // Photos leave the phone at most 1600 px wide or high: a village's network is slow and costs money.
  const shrink = async (file) => {
    if (!file.type.startsWith("image/") || file.type === "image/gif" || file.type === "image/svg+xml") return file;
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = SIDE / Math.max(bitmap.width, bitmap.height);
      if (scale >= 1 && file.size < 600_000) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(bitmap.width * Math.min(1, scale));
      canvas.height = Math.round(bitmap.height * Math.min(1, scale));
      canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return small && small.size < file.size ? new File([small], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" }) : file;
    } catch { return file; }
  };
  const uploads = (box) => {
    const says = document.createElement("output");
    says.className = "meta chosen";
    box.append(says);
    const say = () => {
      const files = all("input", box).flatMap((input) => [...input.files]);
      const size = files.reduce((sum, file) => sum + file.size, 0);
      says.textContent = files.length ? `${box.dataset.chosen} ${files.length} · ${(size / 1e6).toFixed(1)} MB` : "";
    };
    for (const input of all("input", box)) {
      input.addEventListener("change", async () => {
        const form = input.form;
        form.dataset.working = "1";
        if (input.accept === "image/*") {
          const chosen = [...input.files];
          const small = await Promise.all(chosen.map(shrink));
          if (small.some((file, index) => file !== chosen[index])) {
            try {
              const transfer = new DataTransfer();
              small.forEach((file) => transfer.items.add(file));
              input.files = transfer.files;
            } catch { /* the large ones are sent */ }
          }
        }
        delete form.dataset.working;
        say();
        // The button was tapped while the photos were still being made smaller.
        if (form.dataset.wanted) { delete form.dataset.wanted; form.requestSubmit(); }
      });
    }
  };

  const readyTexts = (list) => {
    const field = document.getElementById(list.dataset.fill);
    if (!field) return;
    list.open = true;
    for (const item of all("li", list)) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = item.textContent;
      button.addEventListener("click", () => {
        field.value = field.value.trim() ? `${field.value.trimEnd()}\n${button.textContent}` : button.textContent;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      });
      item.replaceChildren(button);
    }
  };

  // A second tap on a slow network would send the form again.
  const once = (form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.working) { form.dataset.wanted = "1"; event.preventDefault(); return; }
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      const button = form.querySelector("button[type=submit]");
      if (button) { button.setAttribute("aria-disabled", "true"); button.dataset.label = button.textContent; button.textContent = form.dataset.busy; }
    });
  };
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of all("form[data-sent]")) {
      delete form.dataset.sent;
      const button = form.querySelector("button[data-label]");
      if (button) { button.removeAttribute("aria-disabled"); button.textContent = button.dataset.label; }
    }
  });

  all("form[data-draft]").forEach(keepDraft);
  all("form.ask").forEach(hideFields);
  all(".uploads").forEach(uploads);
  all("[data-fill]").forEach(readyTexts);
  all("form[data-busy]").forEach(once);
  // Whoever signs out leaves nothing on a shared phone.
  all("form[data-leave]").forEach((form) => form.addEventListener("submit", () => store.keys().forEach(store.drop)));
  for (const button of all("[data-print]")) { button.hidden = false; button.addEventListener("click", () => print()); }
})();
