import { annotation } from './annotation'
import type { Audit } from './context'
import { certificate } from './certificate'
import { denied } from './denied'
import type { AuditName } from './finding'
import { gone } from './gone'
import { intent } from './intent'
import { nameNotFound } from './name-not-found'
import { newCaller } from './new-caller'
import { partialProxies } from './partial-proxies'
import { plaintext } from './plaintext'
import { podRestarts } from './pod-restarts'
import { rateChange } from './rate-change'
import { retries } from './retries'
import { singlePod } from './single-pod'
import { source } from './source'
import { tunnel } from './tunnel'
import { unwell } from './unwell'

/** Every audit: the table of contents of this folder. */
export const auditList: Readonly<Record<AuditName, Audit>> = {
  unwell,
  denied,
  plaintext,
  intent,
  tunnel,
  certificate,
  source,
  gone,
  'new-caller': newCaller,
  retries,
  'rate-change': rateChange,
  'name-not-found': nameNotFound,
  'partial-proxies': partialProxies,
  'single-pod': singlePod,
  'pod-restarts': podRestarts,
  annotation,
}
