import type { Labels } from './inventory-object'

/** Labels that name the application of a workload, the recommended one first. */
const appLabels = ['app.kubernetes.io/name', 'app', 'k8s-app'] as const

/** The application that a workload belongs to, by its canonical label; null where none is there. */
export function appOf(labels: Labels): string | null {
  for (const label of appLabels) if (Object.hasOwn(labels, label) && labels[label]) return labels[label]
  return null
}
