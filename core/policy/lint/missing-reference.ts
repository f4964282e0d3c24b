import { cidrGroups } from '../kinds/cilium-cidr-group'
import { tierNamed } from '../kinds/calico-tier'
import { istioGroup } from '../kinds/istio-values'
import { linkerdGroup } from '../kinds/linkerd-values'
import { objectsIn } from '../kinds/mesh-objects'
import type { PolicyRef } from '../normal-form'
import { calicoGroup, policyName } from '../policy-name'
import { field, itemsAt, type Reader, refOf } from '../read'
import type { LintContext } from './context'
import type { Found, LintRule } from './finding'
import { mapsIn, textIn, textsIn, written } from './objects'

export const missingReference: LintRule = {
  name: 'missing-reference',
  about:
    'A tier, Service, service account, Server, route, authentication or CIDR group that is referred to is not there.',
  find: (context) => [...ofCalico(context), ...ofCilium(context), ...ofLinkerd(context), ...ofIstio(context)],
}

const missing = (ref: PolicyRef, path: string, what: string, effect: string): Found => ({
  severity: 'warning',
  policy: ref,
  path,
  message: `${policyName(ref)} refers to ${what}, which is not there: ${effect}.`,
  remedy: 'Correct the name, or create what is missing first.',
})

const calicoKinds = ['NetworkPolicy', 'GlobalNetworkPolicy', 'StagedNetworkPolicy', 'StagedGlobalNetworkPolicy']

function ofCalico(context: LintContext): readonly Found[] {
  const { catalogue } = context.compiled
  return written(context, calicoGroup, ...calicoKinds).flatMap(({ policy: { ref }, at }) => {
    const spec = field(at, 'spec')
    const tier = textIn(field(spec, 'tier'))
    const tiers =
      tier !== null && tierNamed(tier, catalogue) === null
        ? [missing(ref, 'spec.tier', `the tier ${tier}`, 'when it is read is not known')]
        : []
    return [
      ...tiers,
      ...mapsIn(spec).flatMap((map) => {
        const services = field(map, 'services')
        const name = textIn(field(services, 'name'))
        const namespace = textIn(field(services, 'namespace')) ?? ref.namespace ?? ''
        const accounts = textsIn(field(field(map, 'serviceAccounts'), 'names')).filter(
          (one) => !hasAccount(context, null, one),
        )
        return [
          ...(name !== null ? serviceMissing(context, ref, services.path, namespace, name) : []),
          ...accounts.map((one) =>
            missing(ref, field(map, 'serviceAccounts').path, `the service account ${one}`, 'no pod has it'),
          ),
        ]
      }),
    ]
  })
}

function serviceMissing({ compiled }: LintContext, ref: PolicyRef, path: string, namespace: string, name: string) {
  const { model, service } = compiled.catalogue
  return model.services.length === 0 || service(namespace, name)
    ? []
    : [missing(ref, path, `Service ${namespace}/${name}`, 'whom it stands for is not known')]
}

/** Whether pods have, or the cluster has, a service account; `namespace` null: anywhere. */
function hasAccount({ compiled }: LintContext, namespace: string | null, name: string): boolean {
  const { serviceAccounts, workloads } = compiled.catalogue.model
  const here = (own: string) => namespace === null || own === namespace
  return (
    workloads.length === 0 ||
    serviceAccounts.some((one) => one.name === name && here(one.namespace)) ||
    workloads.some((one) => one.serviceAccount === name && here(one.namespace))
  )
}

function ofCilium(context: LintContext): readonly Found[] {
  const groups = new Set(cidrGroups(context.compiled.catalogue).map(({ name }) => name))
  return written(context, 'cilium.io', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy').flatMap(
    ({ policy: { ref }, at }) =>
      mapsIn(at).flatMap((map) => {
        const group = textIn(field(map, 'cidrGroupRef'))
        const service = field(map, 'k8sService')
        const name = textIn(field(service, 'serviceName'))
        const namespace = textIn(field(service, 'namespace')) ?? ref.namespace ?? ''
        return [
          ...(group !== null && !groups.has(group)
            ? [missing(ref, map.path, `CiliumCIDRGroup ${group}`, 'which addresses are meant is not known')]
            : []),
          ...(name !== null ? serviceMissing(context, ref, service.path, namespace, name) : []),
        ]
      }),
  )
}

function ofLinkerd(context: LintContext): readonly Found[] {
  const { catalogue } = context.compiled
  const has = (kind: string, namespace: string, name: string): boolean =>
    (kind.endsWith('Route') ? [linkerdGroup, 'gateway.networking.k8s.io'] : [linkerdGroup]).some((group) =>
      objectsIn(catalogue, group, kind, namespace).some((one) => refOf(one, kind, true).name === name),
    )
  const policies = written(context, linkerdGroup, 'AuthorizationPolicy').flatMap(({ policy: { ref }, at }) => {
    const spec = field(at, 'spec')
    const refs = itemsAt(field(spec, 'requiredAuthenticationRefs')) ?? []
    return [field(spec, 'targetRef'), ...refs].flatMap((target) => {
      const kind = textIn(field(target, 'kind')) ?? ''
      const name = textIn(field(target, 'name')) ?? ''
      const namespace = textIn(field(target, 'namespace')) ?? ref.namespace ?? ''
      if (kind === 'Namespace') return []
      const there = kind === 'ServiceAccount' ? hasAccount(context, namespace, name) : has(kind, namespace, name)
      return there ? [] : [missing(ref, target.path, `${kind} ${namespace}/${name}`, 'it authorizes nobody by it')]
    })
  })
  const older = written(context, linkerdGroup, 'ServerAuthorization').flatMap(({ policy: { ref }, at }) => {
    const server = field(field(field(at, 'spec'), 'server'), 'name')
    const name = textIn(server)
    return name === null || has('Server', ref.namespace ?? '', name)
      ? []
      : [missing(ref, server.path, `Server ${ref.namespace}/${name}`, 'it authorizes nobody')]
  })
  return [...policies, ...older]
}

const proven = /^[^*]*\/ns\/([^*/]+)\/sa\/([^*/]+)$/

function ofIstio(context: LintContext): readonly Found[] {
  return written(context, istioGroup, 'AuthorizationPolicy').flatMap(({ policy: { ref }, at }) => {
    const spec = field(at, 'spec')
    const targets = [field(spec, 'targetRef'), ...(itemsAt(field(spec, 'targetRefs')) ?? [])]
    const services = targets.flatMap((target) => {
      const name = textIn(field(target, 'name'))
      return field(target, 'kind').value !== 'Service' || name === null
        ? []
        : serviceMissing(context, ref, target.path, ref.namespace ?? '', name)
    })
    const accounts = mapsIn(spec).flatMap((map) => {
      const list: Reader = field(map, 'principals')
      return textsIn(list).flatMap((text) => {
        const [, namespace, name] = proven.exec(text) ?? []
        if (namespace === undefined || name === undefined || hasAccount(context, namespace, name)) return []
        return [missing(ref, list.path, `the service account ${namespace}/${name}`, 'no pod proves to be it')]
      })
    })
    return [...services, ...accounts]
  })
}
