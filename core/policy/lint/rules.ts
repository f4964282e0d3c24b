import { allowsEveryAddress, allowsEveryone, allowsEveryPod } from './allows-wide'
import { addressOfNothing, addressOfPods, addressOfService } from './address-of'
import { egressWithoutDns } from './egress-without-dns'
import { hostNetworkSubject } from './host-network-subject'
import { emptyRuleDenies, namesWithoutDnsRule } from './cilium-traps'
import { httpConditionsOnTcp } from './istio-http'
import { identityWithoutMtls, strictWithoutProxy } from './istio-identity'
import { deniesWholeMesh, foreignTrustDomain } from './istio-wide'
import { serversOverlap, serverWithoutPort } from './linkerd-servers'
import { missingReference } from './missing-reference'
import { overruled } from './overruled'
import { systemPods } from './system-pods'
import { passToNothing } from './pass-to-nothing'
import { peerMatchesNothing } from './peer-matches-nothing'
import { portNameUnknown } from './port-name-unknown'
import { samePriority, sharedPriority } from './same-priority'
import { splitPeer } from './split-peer'
import { stagedWithoutTarget } from './staged-without-target'
import { typesAndRules } from './types-and-rules'
import type { LintRule } from './finding'
import { redundant, shadowed, unreachable } from './idle'
import { selectsNothing } from './selects-nothing'
import { unknownField } from './unknown-field'
import { unreadable } from './unreadable'

/** Every rule of the lint. To add one: a file, a name in `finding.ts` and a line here. */
export const lintRules: readonly LintRule[] = [
  unreadable,
  unknownField,
  selectsNothing,
  unreachable,
  shadowed,
  redundant,
  overruled,
  allowsEveryone,
  allowsEveryPod,
  allowsEveryAddress,
  peerMatchesNothing,
  splitPeer,
  typesAndRules,
  egressWithoutDns,
  addressOfNothing,
  addressOfPods,
  addressOfService,
  portNameUnknown,
  hostNetworkSubject,
  samePriority,
  sharedPriority,
  passToNothing,
  missingReference,
  stagedWithoutTarget,
  systemPods,
  emptyRuleDenies,
  namesWithoutDnsRule,
  httpConditionsOnTcp,
  identityWithoutMtls,
  strictWithoutProxy,
  foreignTrustDomain,
  deniesWholeMesh,
  serverWithoutPort,
  serversOverlap,
]
