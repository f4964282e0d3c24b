import { calicoFlips } from './calico'
import { ciliumFlips } from './cilium'
import { coreFlips } from './core'
import { kubernetesFlips } from './kubernetes'
import { istioFlips } from './istio'
import { linkerdFlips } from './linkerd'
import { matchingFlips } from './matching'
import type { FlippedFile } from './mutant'
import { questionFlips } from './questions'

/** Rules of the engine that a test must notice when they are flipped, by what they are about. */
export const mutants: Readonly<Record<string, readonly FlippedFile[]>> = {
  judging: coreFlips,
  matching: matchingFlips,
  'questions and index': questionFlips,
  Kubernetes: kubernetesFlips,
  Calico: calicoFlips,
  Cilium: ciliumFlips,
  Istio: istioFlips,
  Linkerd: linkerdFlips,
}
