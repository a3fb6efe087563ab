// Photos are made small where the browser can draw, then sent at once; else they travel with the form as they are.
const LONGEST = 1600;

export async function shrinkAndSend(input, form) {
  const place = input.closest("[data-shots]");
  for (const file of [...input.files]) {
    const wait = place.appendChild(Object.assign(document.createElement("span"), { className: "taken waits" }));
    try {
      await send(await smaller(file), form, wait);
    } catch {
      wait.remove();
      return; // no line: the files stay in the field and travel with the form
    }
  }
  input.value = "";
}

async function smaller(file) {
  if (!window.createImageBitmap || !file.type.startsWith("image/")) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return file;
  const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  if (share === 1 && file.size < 600_000) return file;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(picture.width * share), Math.round(picture.height * share)];
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
  return made ?? file;
}

async function send(photo, form, wait) {
  const body = new FormData();
  body.append("photo", photo, "photo.jpg");
  body.append("_csrf_token", form.querySelector("[name=_csrf_token]").value);
  const answer = await fetch("/deliveries/photos", { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const { digest } = await answer.json();
  const picture = Object.assign(document.createElement("img"), { src: `/uploads/${digest}/thumbnail`, alt: "", width: 44, height: 44 });
  const kept = Object.assign(document.createElement("input"), { type: "hidden", name: `${wait.closest("[data-shots]").dataset.shots}photos`, value: digest });
  wait.classList.remove("waits");
  wait.append(picture, kept);
}
