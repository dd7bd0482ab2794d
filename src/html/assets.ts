import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Exchange } from '../server/http/exchange.ts'
import {
  type Extension,
  FILE_TYPES,
  FOR_EVER,
  hashOf,
  type StaticFile,
  sendStatic,
  staticFile,
} from '../server/http/files.ts'

/** Paths of the files that every page references, without a leading slash. */
export interface AssetPaths {
  style: string
  script: string
  icon: string
  /** Fonts that most texts need; browsers preload them before they have read the stylesheet. */
  fonts: string[]
}

export interface Assets {
  paths: AssetPaths
  /** Sends the file at the request's path; returns false if there is none. */
  send(exchange: Exchange): boolean
}

/** The path of the files. Their names change with their content. */
export const ASSETS = '/assets/'

const require = createRequire(import.meta.url)

/** Stylesheets of the interface font and the text font. */
const FONTS = [
  () => require.resolve('@fontsource-variable/inter/index.css'),
  () => require.resolve('@fontsource-variable/source-serif-4/index.css'),
]

/** A font file referenced by a stylesheet. */
const FONT_FILE = /url\((\.\/files\/[\w-]+\.woff2)\)/g

/** The part of a font for western European letters. */
const USUAL_FONT = /-latin-wght-normal-/

/** Reads the stylesheet, the script and the fonts of the pages, and compresses them once. */
export async function loadAssets(): Promise<Assets> {
  const files = new Map<string, StaticFile>()
  const add = async (name: string, bytes: Buffer, extension: Extension) => {
    const path = `${ASSETS}${name}-${hashOf(bytes)}.${extension}`
    files.set(path, await staticFile(bytes, FILE_TYPES[extension]))
    return path.slice(ASSETS.length)
  }
  const own = (name: string) => readFile(new URL(name, import.meta.url))
  const fonts: string[] = []
  const faces: string[] = []
  for (const pathOf of FONTS) {
    const face = await readFont(pathOf(), add)
    faces.push(face.css)
    fonts.push(...face.names.filter((name) => USUAL_FONT.test(name)))
  }
  const css = Buffer.from(`${faces.join('\n')}\n${await own('style.css')}`)
  const within = ASSETS.slice(1)
  const paths = {
    style: within + (await add('style', css, 'css')),
    script: within + (await add('script', await own('script.js'), 'js')),
    icon: within + (await add('icon', await own('icon.svg'), 'svg')),
    fonts: fonts.map((name) => within + name),
  }
  return {
    paths,
    send(exchange) {
      const file = files.get(exchange.path)
      if (file) sendStatic(exchange, file, ['cache-control', FOR_EVER])
      return file !== undefined
    },
  }
}

type Add = (name: string, bytes: Buffer, extension: Extension) => Promise<string>

/** A font's stylesheet with the names under which its files are served. */
async function readFont(path: string, add: Add): Promise<{ css: string; names: string[] }> {
  const text = await readFile(path, 'utf8')
  const names = new Map<string, string>()
  for (const [, file = ''] of text.matchAll(FONT_FILE)) {
    if (names.has(file)) continue
    const bytes = await readFile(new URL(file, pathToFileURL(path)))
    const stem = file.slice('./files/'.length, -'.woff2'.length)
    names.set(file, await add(stem, bytes, 'woff2'))
  }
  const css = text.replace(FONT_FILE, (_, file: string) => `url(${names.get(file)})`)
  return { css, names: [...names.values()] }
}
