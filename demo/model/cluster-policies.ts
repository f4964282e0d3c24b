import type { KubernetesObject } from './object'
import { flux, policyObject } from './policy-object'

const clusterPolicy = (name: string, spec: object): KubernetesObject =>
  policyObject(['policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy'], name, spec, flux('cluster-policies'))

const team = (name: string) => ({ matchLabels: { team: name } })
const namespacesNamed = (...values: string[]) => ({
  matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }],
})
const tcp = (number: number) => ({ tcp: { destinationPort: { number } } })

/** What administrators decided for all namespaces, before their own policies and after them. */
export const clusterPolicies: readonly KubernetesObject[] = [
  clusterPolicy('monitoring', {
    tier: 'Admin',
    priority: 100,
    subject: { namespaces: namespacesNamed('storefront', 'kube-system') },
    ingress: [
      {
        name: 'scrapes',
        action: 'Accept',
        from: [
          {
            pods: {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'platform' } },
              podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
            },
          },
        ],
        protocols: [tcp(9090), tcp(9153)],
      },
    ],
  }),
  // A mistake on purpose: the team is misspelt, so that nobody is kept from sending mail past the mailer.
  clusterPolicy('mail-by-mailer-only', {
    tier: 'Admin',
    priority: 200,
    subject: { namespaces: team('storefronts') },
    egress: [{ name: 'smtp', action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }], protocols: [tcp(587)] }],
  }),
]
