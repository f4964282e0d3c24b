import type { Labels } from '../../inventory/inventory-object'

/** Keys whose values change with a pod, a rollout, a release or a place. */
const passing = new Set([
  'app.kubernetes.io/version',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'chart',
  'helm.sh/chart',
  'heritage',
  'istio.io/rev',
  'job-name',
  'kubernetes.io/hostname',
  'leaderworkerset.sigs.k8s.io/group-key',
  'pod-template-generation',
  'service.istio.io/canonical-revision',
  'spark-app-selector',
  'spark-exec-id',
  'statefulset.kubernetes.io/pod-name',
  'tekton.dev/pipelineRun',
  'tekton.dev/taskRun',
  'workflows.argoproj.io/workflow',
])
const passingPrefixes = [
  'failure-domain.beta.kubernetes.io/',
  'linkerd.io/',
  'node.kubernetes.io/',
  'security.istio.io/',
  'topology.istio.io/',
  'topology.kubernetes.io/',
]
/** `pod-template-hash`, `controller-revision-hash`, `batch.kubernetes.io/controller-uid`, `apps.kubernetes.io/pod-index` … */
const passingEnding = /(?:^|[-_./])(?:hash|uid|index|generation|revision|ordinal|checksum)$/i

/** Whether a label says what a workload is, and not which pod, rollout, release or place it is. */
export const isStableLabel = (key: string): boolean =>
  !passing.has(key) && !passingEnding.test(key) && !passingPrefixes.some((prefix) => key.startsWith(prefix))

/** Keys that say which application it is, then those that tell its parts apart; whatever else comes behind. */
const identifying = ['app.kubernetes.io/name', 'app', 'k8s-app', 'name']
const telling = [
  'app.kubernetes.io/component',
  'component',
  'tier',
  'role',
  'app.kubernetes.io/instance',
  'release',
  'app.kubernetes.io/part-of',
]
const last = ['version', 'app.kubernetes.io/managed-by']

function rankOf(key: string): number {
  const known = [...identifying, ...telling].indexOf(key)
  if (known >= 0) return known
  return last.includes(key) ? 100 + last.indexOf(key) : 50
}

export const isIdentifying = (key: string): boolean => identifying.includes(key)

/** The stable ones, the most telling first. */
export const stableLabels = (labels: Labels): readonly (readonly [key: string, value: string])[] =>
  Object.entries(labels)
    .filter(([key]) => isStableLabel(key))
    .sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
