import { istioGroup, istioRoot } from '../kinds/istio-values'
import { policyName } from '../policy-name'
import { field, isAbsent, itemsAt, readerOf, refOf } from '../read'
import type { LintContext } from './context'
import type { Found, LintRule } from './finding'
import { mapsIn, textsIn, written } from './objects'

export const foreignTrustDomain: LintRule = {
  name: 'foreign-trust-domain',
  about: 'An identity is written with another trust domain than that of the mesh.',
  find: (context) => [...ofIstio(context), ...ofLinkerd(context)],
}

function ofIstio(context: LintContext): readonly Found[] {
  const own = context.compiled.options.trustDomain
  return written(context, istioGroup, 'AuthorizationPolicy').flatMap(({ policy: { ref }, at }) =>
    mapsIn(field(at, 'spec')).flatMap((map) =>
      ['principals', 'notPrincipals'].flatMap((name) => {
        const foreign = textsIn(field(map, name)).filter((text) => {
          const [domain = ''] = text.split('/ns/')
          return text.includes('/ns/') && !domain.includes('*') && domain !== own && domain !== 'cluster.local'
        })
        return foreign.map((text) => finding(ref, field(map, name).path, text, own))
      }),
    ),
  )
}

function ofLinkerd({ compiled }: LintContext): readonly Found[] {
  const own = compiled.options.trustDomain
  return compiled.catalogue.objects('MeshTLSAuthentication').flatMap((object) => {
    const at = readerOf(object)
    const list = field(field(at, 'spec'), 'identities')
    const ref = refOf(object, 'MeshTLSAuthentication', true)
    return textsIn(list)
      .filter((text) => text.includes('.serviceaccount.identity.') && !text.endsWith(`.${own}`))
      .map((text) => finding(ref, list.path, text, own))
  })
}

const finding = (ref: Found['policy'], path: string, text: string, own: string): Found => ({
  severity: 'warning',
  policy: ref,
  path,
  message: `${policyName(ref)} names ${text}, and identities of this mesh end or begin with its trust domain ${own}: only another mesh that is trusted can prove that.`,
  remedy: `Write ${own}, unless callers of a federated mesh are meant.`,
})

export const deniesWholeMesh: LintRule = {
  name: 'denies-whole-mesh',
  about: 'An AuthorizationPolicy in the root namespace of Istio that allows nothing, for every workload of the mesh.',
  find: (context) =>
    written(context, istioGroup, 'AuthorizationPolicy').flatMap(({ policy: { ref, mode }, at }): readonly Found[] => {
      const spec = field(at, 'spec')
      const wide = ['selector', 'targetRef', 'targetRefs'].every((name) => isAbsent(field(spec, name)))
      const action = field(spec, 'action').value ?? 'ALLOW'
      const empty = (itemsAt(field(spec, 'rules')) ?? []).length === 0
      if (ref.namespace !== istioRoot || mode === 'staged' || !wide || action !== 'ALLOW' || !empty) return []
      return [
        {
          severity: 'warning',
          policy: ref,
          path: null,
          message: `${policyName(ref)} is in the root namespace and has no rules: every workload of the mesh takes only what other policies allow.`,
          remedy: 'Keep it only if each workload has a policy of its own that allows its callers.',
        },
      ]
    }),
}
