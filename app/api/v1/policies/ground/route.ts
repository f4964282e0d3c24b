import { route } from '@/server/http'
import { policyGroundView } from '@/server/views/policy-ground'

export const GET = route(policyGroundView)
