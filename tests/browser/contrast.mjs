// Whether people with weak eyes can read a page.

/**
 * Runs in a page: the texts that can be seen and have less contrast than WCAG 2.2 asks for at level AA (success
 * criterion 1.4.3: 4.5 to 1, or 3 to 1 for large ones), and how many were looked at.
 */
export const lowContrast = () => {
  // The canvas knows every way of writing a colour.
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const color = (text) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = text;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    return { parts: [red, green, blue], alpha: alpha / 255 };
  };
  const over = (top, bottom) => top.parts.map((part, at) => part * top.alpha + bottom[at] * (1 - top.alpha));
  const luminance = (parts) => {
    const [red, green, blue] = parts.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const background = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.unshift(color(getComputedStyle(at).backgroundColor));
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const low = new Set();
  let looked = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || /^(SCRIPT|STYLE|TITLE)$/i.test(node.tagName)) continue;
    const style = getComputedStyle(node);
    if (!node.getClientRects().length || style.visibility === "hidden") continue;
    looked += 1;
    const ground = background(node);
    const ink = over(color(node.closest("svg") ? style.fill : style.color), ground);
    const [light, dark] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5))
      low.add(`${node.tagName.toLowerCase()}.${node.className?.baseVal ?? node.className}: ${ratio.toFixed(2)} (${walker.currentNode.data.trim().slice(0, 30)})`);
  }
  return { low: Array.from(low), looked };
};
