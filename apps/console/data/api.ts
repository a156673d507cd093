import i18n from 'i18next';

/** What the server refused, in its own words. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

/** Asks the API; throws `ApiError` with the server's explanation, or with status 0 when nothing answered. */
export async function ask<Answer>(path: string, { method = 'GET', body }: Asking = {}): Promise<Answer> {
  const response = await fetch(path, {
    method,
    headers: {
      'accept-language': i18n.language,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new ApiError(0, 'YH-NO-ANSWER', i18n.t('error.noAnswer'));
  });
  if (response.status === 204) return undefined as Answer;
  const answer = (await response.json().catch(() => ({}))) as Answer & { code?: string; detail?: string };
  if (!response.ok) {
    throw new ApiError(response.status, answer.code ?? '', answer.detail ?? `HTTP ${response.status}`);
  }
  return answer;
}

interface Asking {
  readonly method?: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  readonly body?: unknown;
}
