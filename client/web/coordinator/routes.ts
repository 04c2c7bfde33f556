import type { FastifyInstance } from 'fastify';
import type { Web } from '../web.ts';
export function registerCoordinator(_app: FastifyInstance, _web: Web): void {}
