// Bundles the front end: browser files to web/static/dist, the chart renderer for documents to web/ssr.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";

const web = "src/industry_brain/web";
const target = ["chrome95", "firefox95", "safari15"];
const common = { bundle: true, minify: true, legalComments: "linked", logLevel: "info", target };

await Promise.all([`${web}/static/dist`, `${web}/ssr`].map((path) => rm(path, { recursive: true, force: true })));
await mkdir(`${web}/ssr`, { recursive: true });
await Promise.all([
  build({
    ...common,
    entryPoints: { app: "frontend/css/app.css" },
    outdir: `${web}/static/dist`,
    loader: { ".woff2": "file" },
    assetNames: "[name]",
  }),
  build({
    ...common,
    entryPoints: { theme: "frontend/js/theme.js", app: "frontend/js/app.js", charts: "frontend/js/charts.js" },
    outdir: `${web}/static/dist`,
    format: "iife",
  }),
  build({
    ...common,
    entryPoints: { charts: "frontend/js/charts_ssr.js" },
    outdir: `${web}/ssr`,
    format: "iife",
    target: "es2020",
    platform: "neutral",
    mainFields: ["module", "main"],
    define: { "process.env.NODE_ENV": '"production"' },
    // There is no event loop and nothing to wait for: a chart is drawn in one go.
    banner: { js: "globalThis.setTimeout ??= () => 0; globalThis.clearTimeout ??= () => {};" },
  }),
]);

// Documents are printed in the colours of the light theme: the same tokens, read from the same file.
const tokens = await readFile("frontend/css/tokens.css", "utf8");
const light = tokens.slice(0, tokens.indexOf("}"));
const palette = Object.fromEntries([...light.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6})/g)].map((found) => [found[1], found[2]]));
await writeFile(`${web}/ssr/palette.json`, JSON.stringify(palette, null, 2) + "\n");

// Whoever receives the bundles receives the licences of what is in them.
const inside = ["@fontsource-variable/inter", "@popperjs/core", "bootstrap", "echarts", "tslib", "zrender"];
const licences = /^(licen[cs]es?|notice|copyrightnotice)(\.\w+)?$/i;
async function licencesOf(folder) {
  const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => licences.test(entry.name) || folder.endsWith("licenses"));
  const texts = entries.map((entry) => entry.isDirectory() ? licencesOf(`${folder}/${entry.name}`) : readFile(`${folder}/${entry.name}`, "utf8"));
  return (await Promise.all(texts)).join("\n\n");
}
const texts = await Promise.all(inside.map(async (name) => {
  const text = await licencesOf(`node_modules/${name}`);
  if (!text) throw new Error(`${name} comes without its licence`);
  return `${name}\n${"=".repeat(name.length)}\n\n${text}`;
}));
await Promise.all([`${web}/static/dist`, `${web}/ssr`].map((path) => writeFile(`${path}/LICENSES.txt`, texts.join("\n\n\n"))));
