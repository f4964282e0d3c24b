import type { ModelNamespace, ModelServiceAccount, Workload } from './model'
import type { Habits } from './profile'

/** What a condition is judged in. */
export type Sight = {
  readonly habits: Habits
  readonly trustDomain: string
  readonly namespace: (name: string) => ModelNamespace | undefined
  readonly serviceAccount: (namespace: string, name: string) => ModelServiceAccount | undefined
  /** Addresses of the API server; null: not known. */
  readonly apiServer: ReadonlySet<string> | null
  /** The workload whose policy is read. */
  readonly subject: Workload
  /** Of the flow; absent: not told. */
  readonly mtls?: boolean
  /** Is told why something is not known. */
  readonly doubt: (reason: string) => void
}
