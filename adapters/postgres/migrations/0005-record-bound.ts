/** The bound on records by which a batch was accepted: another start may have another. */
export const recordBound = `
alter table batch add column max_record_bytes bigint not null default 1048576;
`;
