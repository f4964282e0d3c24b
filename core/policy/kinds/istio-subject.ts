import type { ModelCatalogue } from '../catalogue'
import { anyNamespace, type EndMatch, namespaceNamed } from '../end-match'
import { anyLabels, type LabelMatch } from '../label-match'
import { pairsAt } from '../label-selector'
import { field, isAbsent, itemsAt, type Reader, refuse, textAt } from '../read'
import { istioRoot } from './istio-values'
import { behindWaypoint, gatewayName, type Waypoint, waypointPods } from './istio-waypoint'
import { labelled, podsBehind, workloads } from './mesh-objects'

/** Pods that a policy is about. `doubt`: something else judges for them, so that its rules cannot be read here. */
export type Aim = { readonly subject: EndMatch; readonly doubt: string | null }

/** Whom `selector` or `targetRefs` mean, seen among the Services and waypoints of the cluster. */
export type Aims = (catalogue: ModelCatalogue) => readonly Aim[]

export const inMesh = (subject: EndMatch): EndMatch => ({
  is: 'every',
  of: [subject, { is: 'mesh', mesh: 'istio' }],
})

/** `matchLabels` of a WorkloadSelector; an empty or absent one is every workload. */
export function matchLabelsAt(spec: Reader): LabelMatch {
  const pairs = pairsAt(field(field(spec, 'selector'), 'matchLabels'))
  return pairs.length === 0 ? anyLabels : { op: 'every', of: pairs }
}

export function aimsAt(spec: Reader, namespace: string): Aims {
  const refs = targetsAt(spec)
  if (refs.length > 0) return (catalogue) => refs.flatMap((ref) => aimAt(ref, namespace, catalogue))
  const labels = matchLabelsAt(spec)
  const pods = workloads(namespace === istioRoot ? anyNamespace : namespaceNamed(namespace), labels)
  // Waypoints heed only policies that name them.
  const subject = inMesh({ is: 'every', of: [pods, { is: 'not', of: waypointPods }] })
  return () => [{ subject, doubt: null }]
}

type Target = { readonly kind: string; readonly name: string }

function targetsAt(spec: Reader): readonly Target[] {
  const one = field(spec, 'targetRef')
  const several = field(spec, 'targetRefs')
  const items = itemsAt(several) ?? []
  if (items.length > 16) refuse(several, 'must not have more than 16 items')
  const all = isAbsent(one) ? items : [one, ...items]
  if (!isAbsent(one) && items.length > 0) refuse(several, 'must not be given with targetRef')
  if (all.length > 0 && !isAbsent(field(spec, 'selector')))
    refuse(field(spec, 'selector'), 'must not be given with a target')
  return all.map((ref) => {
    for (const name of ['kind', 'name']) if (isAbsent(field(ref, name))) refuse(field(ref, name), 'is required')
    return { kind: textAt(field(ref, 'kind')) ?? '', name: textAt(field(ref, 'name')) ?? '' }
  })
}

/** A gateway judges by itself what comes to it; a waypoint judges what goes through it to others. */
function aimAt({ kind, name }: Target, namespace: string, catalogue: ModelCatalogue): readonly Aim[] {
  const through = (waypoint: Waypoint, doubt: string): Aim => ({
    subject: inMesh(behindWaypoint(catalogue, waypoint)),
    doubt,
  })
  if (kind === 'Gateway') {
    const pods = workloads(namespaceNamed(namespace), labelled(gatewayName, name))
    const own = inMesh({ is: 'every', of: [pods, { is: 'not', of: waypointPods }] })
    const waypoint = `the waypoint ${namespace}/${name} judges what comes through it`
    return [{ subject: own, doubt: null }, through({ namespace, name }, waypoint)]
  }
  if (kind === 'GatewayClass') return [through(null, `waypoints of the class ${name} judge what comes through them`)]
  if (kind === 'Service') {
    const service = catalogue.service(namespace, name)
    const pods = service && podsBehind(service)
    return pods
      ? [{ subject: inMesh(pods), doubt: `a waypoint judges what comes through Service ${namespace}/${name}` }]
      : []
  }
  return []
}
