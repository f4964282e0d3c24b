import type { FormatName } from '../suggestion'
import { calicoFormat } from './calico-network-policy'
import { ciliumFormat } from './cilium-network-policy'
import type { SuggestionFormat } from './format'
import { istioFormat } from './istio-authorization-policy'
import { networkPolicyFormat } from './network-policy'

const formats: Readonly<Record<FormatName, SuggestionFormat>> = {
  NetworkPolicy: networkPolicyFormat,
  CiliumNetworkPolicy: ciliumFormat,
  CalicoNetworkPolicy: calicoFormat,
  IstioAuthorizationPolicy: istioFormat,
}

export const formatNamed = (name: FormatName): SuggestionFormat => formats[name]
