import type { LinkKind } from '../../db/tables/vocabulary.ts'

/** A rule for the URLs of a host: the kind of those whose host and path match. */
type Rule = [kind: LinkKind, host: RegExp, path?: RegExp]

const RULES: readonly Rule[] = [
  ['space', /^(?:huggingface\.co|hf\.co)$/, /^\/spaces\/[^/]+/],
  ['dataset', /^(?:huggingface\.co|hf\.co)$/, /^\/datasets\/[^/]+/],
  // A model's path begins with its owner; these are other pages of the host.
  [
    'model',
    /^(?:huggingface\.co|hf\.co)$/,
    /^\/(?!(?:api|blog|chat|collections|docs|join|learn|login|models|organizations|papers|posts|settings|tasks)\/)[\w.-]+\/[\w.-]+\/?(?:$|tree\/|blob\/|resolve\/)/i,
  ],
  ['space', /\.hf\.space$/],
  ['space', /^(?:www\.)?modelscope\.(?:cn|ai)$/, /^\/studios\//],
  ['dataset', /^(?:www\.)?modelscope\.(?:cn|ai)$/, /^\/datasets\//],
  ['model', /^(?:www\.)?modelscope\.(?:cn|ai)$/, /^\/models\//],
  ['model', /^(?:www\.)?(?:tfhub\.dev|civitai\.com)$/, /^\/[^/]+/],
  ['dataset', /^(?:www\.)?kaggle\.com$/, /^\/(?:datasets|competitions|c)\//],
  ['model', /^(?:www\.)?kaggle\.com$/, /^\/models\//],
  ['dataset', /^(?:www\.)?(?:datadryad\.org|physionet\.org|dataverse\.[\w.]+)$/, /^\/./],
  ['video', /^(?:www\.|m\.)?youtube(?:-nocookie)?\.com$/, /^\/./],
  ['video', /^youtu\.be$/, /^\/./],
  ['video', /^(?:www\.|player\.)?vimeo\.com$/, /^\/./],
  ['video', /^(?:www\.|m\.)?bilibili\.com$|^b23\.tv$/, /^\/./],
  [
    'video',
    /^(?:www\.)?(?:slideslive\.com|videolectures\.net|underline\.io|crossminds\.ai|loom\.com)$/,
    /^\/./,
  ],
  ['slides', /^(?:www\.)?(?:slideshare\.net|speakerdeck\.com|slides\.com)$/, /^\/./],
  ['slides', /^docs\.google\.com$/, /^\/presentation\//],
  ['demo', /^colab\.research\.google\.com$/, /^\/./],
  ['demo', /^(?:www\.)?replicate\.com$/, /^\/[\w-]+\/[\w.-]+/],
  ['demo', /\.(?:gradio\.(?:live|app)|streamlit\.app|streamlitapp\.com)$/],
  ['demo', /^(?:www\.)?mybinder\.org$/, /^\/./],
  ['project_page', /\.(?:github\.io|gitlab\.io|notion\.site|webflow\.io|readthedocs\.io)$/],
  ['project_page', /^sites\.google\.com$/, /^\/(?:view|site|corp|[a-z])/],
]

/** Kinds of files by extension. */
const ENDINGS: readonly [LinkKind, RegExp][] = [
  ['video', /\.(?:mp4|mov|qt|webm|avi|mkv|m4v)$/i],
  ['slides', /\.(?:pptx?|key|odp)$/i],
]

/**
 * The kind of a link by the host and the extension of its URL; null if unknown. PDF files and archives may be anything.
 */
export function linkKindOf(url: string): LinkKind | null {
  if (!URL.canParse(url)) return null
  const { hostname, pathname } = new URL(url)
  const rule = RULES.find(([, host, path]) => host.test(hostname) && (path?.test(pathname) ?? true))
  return rule?.[0] ?? ENDINGS.find(([, ending]) => ending.test(pathname))?.[0] ?? null
}
