import type { PolicyObject } from '../../inventory/inventory-object'
import { changedAtOf, madeByOf, manifestOf } from '../inventory-policy'
import { addBits, emptyBits, hasBit } from '../index/bitset'
import { type LintContext, numbersIn } from '../lint/context'
import type { ModelObject, Workload } from '../model'
import { type Policy, type PolicyRef, refKey, type Rule } from '../normal-form'
import { compareManifests } from './compare-manifests'
import type { JudgedGround } from './judge-ground'
import { lintGround } from './lint-ground'
import type { MatchedRule, ObjectNow, ObjectPage, ObjectVersion, WorkloadName } from './object-page'
import { plainManifest } from '../plain-manifest'
import { policyHits } from './policy-hits'
import { policyRows } from './policy-rows'

const mostSelected = 500
const mostMatched = 50

/** A version as the inventory has it, milliseconds. */
export type StoredVersion = { readonly object: PolicyObject; readonly from: number; readonly to: number | null }

/** One object of a ground. `stored`: newest first. `write`: an object as text. */
export function buildObject(
  judged: JudgedGround,
  ref: PolicyRef,
  stored: readonly StoredVersion[],
  write: (object: ModelObject) => string,
): ObjectPage {
  const { cluster, at, period } = judged.ground
  return { cluster, at, period, ref, now: objectNow(judged, ref, write), versions: versionsOf(stored, write) }
}

function objectNow(judged: JudgedGround, ref: PolicyRef, write: (object: ModelObject) => string): ObjectNow | null {
  const { ground } = judged
  const key = refKey(ref)
  const i = ground.records.findIndex((record) => refKey(record.ref) === key)
  const [record, object] = [ground.records[i], ground.model.objects[i]]
  if (!record || !object) return null
  const { context, findings: all } = lintGround(judged)
  const findings = all.filter(({ policy }) => refKey(policy) === key)
  const row = policyRows({ judged, context, hits: policyHits(judged), findings })[i]
  if (!row) return null
  const policy = context.policies.find((one) => one.object === object)?.policy
  const rules = row.rules.map((rule): MatchedRule => {
    const matched = policy && matchesOf(context, policy, rule.path)
    return { ...rule, matches: [], matchCount: 0, maybe: 0, ...matched }
  })
  return {
    ...row,
    yaml: write(plainManifest(object)),
    uid: record.uid,
    selects: context.workloads(row.selects.slice(0, mostSelected)).map(nameOf),
    selectCount: row.selects.length,
    rules,
    findings,
  }
}

const nameOf = ({ namespace, name, kind }: Workload): WorkloadName => ({ namespace, name, kind })

/** Whom the other end of the rules of one place matches, seen from the workloads that they are about. */
function matchesOf(context: LintContext, policy: Policy, path: string) {
  const { workloads } = context.table
  const sure = emptyBits(context.table.size)
  const may = emptyBits(context.table.size)
  const add = (rule: Rule, subject: Workload | undefined) => {
    const found = context.matching(rule.peer, subject)
    addBits(sure, found.sure)
    addBits(may, found.may)
  }
  for (const block of policy.blocks) {
    const [first] = context.workloads(context.subjects(block).slice(0, 1))
    for (const rule of block.rules) if (rule.path === path) add(rule, first)
  }
  const numbers = numbersIn(may).filter((i) => i < workloads.length)
  return {
    matches: context.workloads(numbers.slice(0, mostMatched)).map(nameOf),
    matchCount: numbers.length,
    maybe: numbers.filter((i) => !hasBit(sure, i)).length,
  }
}

function versionsOf(
  stored: readonly StoredVersion[],
  write: (object: ModelObject) => string,
): readonly ObjectVersion[] {
  const plain = stored.map(({ object }) => plainManifest(manifestOf(object)))
  return stored.flatMap(({ object, from, to }, i): readonly ObjectVersion[] => {
    const [manifest, older, before] = [plain[i], stored[i + 1], plain[i + 1]]
    if (!manifest) return []
    // An object that was made again under its name is another one.
    const same = older?.object.uid === object.uid
    return [
      {
        from: changedAtOf(object, from),
        to,
        uid: object.uid,
        resourceVersion: object.touched?.resourceVersion ?? '',
        by: madeByOf(object),
        yaml: write(manifest),
        change: same ? 'changed' : 'made',
        changes: same ? compareManifests(before, manifest) : [],
      },
    ]
  })
}
