import { readFile, readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { toError } from '@/server/errors'

/** The text of a file of manifests, or why it cannot be had. */
export type ManifestFile = { readonly file: string } & ({ readonly text: string } | { readonly problem: string })

const endings = /\.(?:ya?ml|json)$/i
/** Of one file. YAML is read at some megabytes a second. */
const most = { yaml: 64 * 2 ** 20, json: 384 * 2 ** 20 }

/**
 * Files of manifests: those named, those below folders that are named (by name, without hidden ones), and standard
 * input for `-`. What is reached by two ways is read once, so that links in a circle end.
 */
export async function readFiles(paths: readonly string[], input: Readable): Promise<readonly ManifestFile[]> {
  const seen = new Set<string>()
  const files: ManifestFile[] = []
  for (const path of paths) {
    if (path === '-') files.push(await readInput(input))
    else files.push(...(await readPath(path, seen, true)))
  }
  return files
}

async function readPath(path: string, seen: Set<string>, named: boolean): Promise<readonly ManifestFile[]> {
  try {
    const found = await stat(path)
    const real = found.isDirectory() || found.isFile() ? await realpath(path) : path
    if (seen.has(real)) return []
    seen.add(real)
    if (found.isDirectory()) return await readFolder(path, seen, named)
    if (!named && (!found.isFile() || !endings.test(path))) return []
    const limit = path.toLowerCase().endsWith('.json') ? most.json : most.yaml
    if (found.size > limit) return [{ file: path, problem: `is larger than ${limit / 2 ** 20} MiB` }]
    return [textOf(path, await readFile(path))]
  } catch (thrown) {
    return [{ file: path, problem: readingProblem(thrown) }]
  }
}

async function readFolder(path: string, seen: Set<string>, named: boolean): Promise<readonly ManifestFile[]> {
  const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort()
  const files: ManifestFile[] = []
  for (const name of names) files.push(...(await readPath(join(path, name), seen, false)))
  return named && files.length === 0 ? [{ file: path, problem: 'holds no manifests (.yaml, .yml or .json)' }] : files
}

async function readInput(input: Readable): Promise<ManifestFile> {
  const file = 'standard input'
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > most.json) return { file, problem: `is larger than ${most.json / 2 ** 20} MiB` }
    chunks.push(bytes)
  }
  return textOf(file, Buffer.concat(chunks))
}

function textOf(file: string, bytes: Buffer): ManifestFile {
  try {
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { file, problem: 'is no UTF-8 text' }
  }
}

/** What an error of the file system says of a file, to go behind its name. */
export function readingProblem(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null
  if (code === 'ENOENT') return 'is not there'
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read'
  if (code === 'ELOOP') return 'is a link in a circle'
  return `cannot be read: ${toError(thrown).message}`
}
