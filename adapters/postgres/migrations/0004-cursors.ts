/** Where readers of files and logs stand; written in the commit of what they brought. */
export const cursors = `
create table cursor_of (name text primary key, value text not null);
`;
