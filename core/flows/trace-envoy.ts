import { textField, type Traced, type TraceStep, unnamed } from './trace-step'

const matched = /^rbac_access_denied_matched_policy\[(.*)\]$/
const istioRule = /^ns\[([^\]]*)\]-policy\[([^\]]*)\]-rule\[(\d+)\]$/

/** What Envoy says of who refused: `response_code_details` of requests, `connection_termination_details` of connections. */
export function traceEnvoy({ verdict, reason, reporter, fields }: Traced): readonly TraceStep[] {
  const at =
    reporter === 'source' ? 'the caller’s proxy' : reporter === 'waypoint' ? 'a waypoint' : 'the callee’s proxy'
  const details =
    textField(fields, 'response.response_code_details') || textField(fields, 'connection_termination_details') || reason
  if (details.startsWith('rbac_access_denied')) return [rbacStep(details, at)]
  if (reason === 'BlackHoleCluster')
    return [
      {
        outcome: 'denied',
        text: `Denied by ${at}: the mesh lets traffic out to registered hosts only (REGISTRY_ONLY), and nobody registered this one. No policy object decided that.`,
      },
    ]
  if (details.startsWith('ext_authz_denied') || reason === 'UAEX')
    return [{ outcome: 'denied', text: `Denied by the external authorization service that ${at} asks.` }]
  if (details.startsWith('jwt_authn_access_denied'))
    return [
      {
        outcome: 'denied',
        text: `Denied by ${at}: the request’s token is missing or not valid (RequestAuthentication).`,
      },
    ]
  if (verdict === 'error')
    return [
      {
        outcome: 'unknown',
        text: `${at[0]?.toUpperCase()}${at.slice(1)} could not deliver it; no policy decided that.`,
      },
    ]
  if (verdict === 'denied') return [{ outcome: 'denied', text: `Denied by ${at}. It names no policy.` }]
  return [unnamed('proxies name a policy only where one refuses.')]
}

function rbacStep(details: string, at: string): TraceStep {
  const [, rule = ''] = matched.exec(details) ?? []
  if (rule === '' || rule === 'none')
    return {
      outcome: 'denied',
      text: `Denied by ${at}: an AuthorizationPolicy that allows selects the workload, and none of its rules match this call.`,
    }
  const [, namespace, name, index] = istioRule.exec(rule) ?? []
  if (namespace === undefined || name === undefined)
    return { outcome: 'denied', text: `Denied by ${at}, by the rule ${rule}.` }
  const policy = { kind: 'AuthorizationPolicy', namespace, name }
  return {
    outcome: 'denied',
    text: `Denied by ${at}, by AuthorizationPolicy ${namespace}/${name}, rule ${Number(index) + 1}.`,
    policy,
  }
}
