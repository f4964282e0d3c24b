import { type CompiledPolicies, compilePolicies } from '@/core/policy/compile'
import { findDuplicates } from '@/core/policy/duplicates'
import { type LoadedModel, loadModel, type ManifestDocument } from '@/core/policy/load-model'
import { defaultOptions, type Options } from '@/core/policy/profile'
import { clean } from '@/core/text/text'
import { parseManifests } from './parse-manifests'
import { problemLines, refusal } from './problem-error'
import { readFiles } from './read-files'
import type { Terminal } from './terminal'

/** How policies are judged, as options of the command line. */
export type JudgingOptions = {
  readonly profile?: Options['profile']
  readonly loopback?: Options['loopback']
  readonly staged?: boolean
  readonly trustDomain?: string
}

export type LoadedPolicies = LoadedModel & {
  readonly compiled: CompiledPolicies
  readonly documents: readonly ManifestDocument[]
}

/**
 * Reads manifests from files, folders and standard input (`-`). Throws AppError('invalid') with every problem; kinds
 * that are passed over are told on `err`.
 */
export async function loadPolicies(
  paths: readonly string[],
  judging: JudgingOptions,
  terminal: Terminal,
): Promise<LoadedPolicies> {
  const { documents, problems } = parseManifests(await readFiles(paths, terminal.in))
  const loaded = loadModel(documents)
  const all = [...problems, ...loaded.problems, ...findDuplicates(documents)]
  if (all.length > 0) throw refusal(all)
  tellPassedOver(loaded.ignored, terminal)
  if (loaded.unknown.length > 0) terminal.err.write(`${problemLines(loaded.unknown)}\n`)
  if (loaded.model.workloads.length === 0) terminal.err.write('There are no pods, and nothing that makes pods.\n')
  return { ...loaded, documents, compiled: compilePolicies(loaded.model, optionsOf(judging)) }
}

const optionsOf = ({ profile, loopback, staged, trustDomain }: JudgingOptions): Options => ({
  profile: profile ?? defaultOptions.profile,
  loopback: loopback ?? defaultOptions.loopback,
  staged: staged === true ? 'enforced' : defaultOptions.staged,
  trustDomain: trustDomain ?? defaultOptions.trustDomain,
})

function tellPassedOver(ignored: LoadedModel['ignored'], { err }: Terminal): void {
  if (ignored.size === 0) return
  const kinds = [...ignored]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => `${clean(kind, 80)} (${count})`)
  err.write(`Passed over kinds that are not read: ${kinds.join(', ')}\n`)
}
