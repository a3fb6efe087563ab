// Rows copied from Excel or WPS: with headings they are read by them, else from the cell they are pasted into on.
const ORDER = ["name", "count", "unit", "price"];
const HEADINGS = {
  name: ["品名", "名称", "食品名称", "货品名称", "食材名称", "商品名称", "good"],
  count: ["数量", "重量", "数量/重量", "实收", "quantity"],
  unit: ["单位", "计量单位", "unit"],
  price: ["单价", "价格", "price"],
  spec: ["规格", "品牌及规格", "spec"],
  batch_number: ["批号", "生产批号", "batch"],
  produced_on: ["生产日期", "production date"],
  producer: ["生产者", "生产厂家", "生产商", "producer"],
};

export function pasteRows(text, start) {
  const rows = text.replace(/\r/g, "").split("\n").filter((row) => row.trim()).map((row) => row.split("\t").map((cell) => cell.trim()));
  const headings = rows[0].map(named);
  if (headings.filter(Boolean).length >= 2) return rows.slice(1).map((cells) => filled(cells, headings));
  const names = rows[0].length === 3 && start === "name" && isNaN(Number(rows[0][2])) ? ["name", "count", "unit"] : ORDER.slice(ORDER.indexOf(start));
  const noUnit = start === "name" && rows.every((cells) => cells.length === 3 && !isNaN(Number(cells[2]))) ? ["name", "count", "price"] : names;
  return rows.map((cells) => filled(cells, noUnit));
}

function named(heading) {
  const bare = heading.replace(/[（(].*[）)]/, "").toLowerCase();
  return Object.keys(HEADINGS).find((name) => HEADINGS[name].includes(bare)) ?? "";
}

function filled(cells, names) {
  const row = {};
  cells.forEach((cell, place) => {
    if (!names[place] || !cell) return;
    const date = names[place] === "produced_on" && cell.match(/(\d{4})\D(\d{1,2})\D(\d{1,2})/);
    row[names[place]] = date ? `${date[1]}-${date[2].padStart(2, "0")}-${date[3].padStart(2, "0")}` : cell;
  });
  return row;
}
