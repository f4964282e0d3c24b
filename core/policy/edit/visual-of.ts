import { kindOf } from '../kinds'
import type { ModelObject } from '../model'
import { refOf } from '../read'
import type { KindEditor } from './kinds/kind-editor'
import { networkPolicyEditor } from './kinds/network-policy'
import type { Visual } from './visual'

/** Editors by `group/kind`. Other kinds are shown as YAML only. */
const editors: Readonly<Record<string, KindEditor>> = {
  'networking.k8s.io/NetworkPolicy': networkPolicyEditor,
  'projectcalico.org/StagedKubernetesNetworkPolicy': networkPolicyEditor,
}

/** A policy as the editor shows it; null: of a kind that is shown as YAML only. Shows what it can of one with problems. */
export function visualOf(object: ModelObject): Visual | null {
  const found = editorOf(object)
  return found && found.editor.visualOf(object, found.ref)
}

/** Who edits an object. */
export function editorOf(object: ModelObject) {
  const kind = kindOf(object)
  if (!kind) return null
  const ref = refOf(object, kind.kind, kind.namespaced)
  const editor = editors[`${ref.group}/${ref.kind}`]
  return editor ? { editor, ref } : null
}
