// Build the browser's half of a served page into the folder named by --out: one module, its style sheet, plotly's
// files, each with a compressed twin, and the licences of everything inside.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[process.argv.indexOf("--out") + 1];
const modules = join(here, "node_modules");

// anywidget comes as a module for an old loader; its last line hands the widget to that loader
const anywidget = {
  name: "anywidget",
  setup(bundle) {
    bundle.onLoad({ filter: /anywidget[\\/]dist[\\/]index\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const last = /^define\(\[[^\]]*\], *(\w+)\);?\s*$/m;
      if (!last.test(source)) throw new Error("anywidget's last line is not the one that is known");
      return { contents: source.replace(last, "export default $1;"), loader: "js" };
    });
  },
};

// What is named by packages and never called here: sanitize-html's parser of style attributes (a third of a megabyte,
// off in sanitizer.js), and a server's own sockets
const nothing = {
  name: "nothing",
  setup(bundle) {
    bundle.onResolve({ filter: /^(postcss|ws|node-fetch)$/ }, ({ path }) => ({ path, namespace: "nothing" }));
    bundle.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "export default {};", loader: "js" }));
  },
};

async function licences(...metafiles) {
  const inside = new Set();
  for (const input of metafiles.flatMap(({ inputs }) => Object.keys(inputs))) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) inside.add(found[1]);
  }
  for (const whole of ["plotly.js-basic-dist-min", "plotly.js-cartesian-dist-min"]) inside.add(whole);
  const parts = [];
  for (const name of [...inside].sort()) {
    const about = JSON.parse(await readFile(join(modules, name, "package.json"), "utf8"));
    const files = (await readdir(join(modules, name))).filter((file) => /^licen[cs]e/i.test(file));
    const text = files.length ? await readFile(join(modules, name, files[0]), "utf8") : "";
    parts.push(`${name} ${about.version} (${about.license})\n\n${text.trim()}\n`);
  }
  return parts.join(`\n${"-".repeat(80)}\n\n`);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: "es2022",
  outdir: out,
  logLevel: "warning",
  legalComments: "none",
};
const { metafile } = await build({
  ...shared,
  entryPoints: { lean: "src/main.js" },
  format: "esm",
  external: ["./temml.js"], // fetched by the pages that have a formula inside a widget
  metafile: true,
  plugins: [anywidget, nothing],
  loader: { ".svg": "dataurl", ".css": "empty" },
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
});
const { metafile: ofMath } = await build({ ...shared, entryPoints: { temml: "temml" }, format: "esm", metafile: true });
await build({
  ...shared,
  entryPoints: { lean: "src/style.css" },
  loader: { ".svg": "dataurl", ".png": "dataurl", ".woff": "dataurl", ".woff2": "dataurl" },
});
for (const kind of ["basic", "cartesian"]) {
  await copyFile(join(modules, `plotly.js-${kind}-dist-min`, `plotly-${kind}.min.js`), join(out, `plotly-${kind}.min.js`));
}
for (const file of await readdir(out)) {
  await writeFile(join(out, `${file}.gz`), gzipSync(await readFile(join(out, file)), { level: 9 }));
}
await writeFile(join(out, "LICENCES.txt"), await licences(metafile, ofMath));
for (const file of (await readdir(out)).sort()) console.log(basename(file));
