/** What every stream may have: our sources', Zeek's, and those of collectors. */
const EVERY = '_path _write_ts _node _system_name ts uid id.orig_h id.orig_p id.resp_h id.resp_p';

/** Of streams about files. */
const FILE = 'fuid mime_type filename';

/** Columns of Zeek's logs by stream (Zeek 5 to 8), and those of packages that many install (JA3, JA4, HASSH, community-id). */
const STREAMS: { readonly [stream: string]: string } = {
  conn: `proto service duration orig_bytes resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts
    orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents ip_proto orig_l2_addr resp_l2_addr vlan inner_vlan community_id
    orig_cc resp_cc speculative_service failed_service suri_ids`,
  dns: `proto trans_id rtt query qclass qclass_name qtype qtype_name rcode rcode_name AA TC RD RA Z answers TTLs rejected
    auth addl original_query opcode opcode_name`,
  http: `trans_depth method host uri referrer version user_agent origin request_body_len response_body_len status_code
    status_msg info_code info_msg tags username password proxied orig_fuids orig_filenames orig_mime_types resp_fuids
    resp_filenames resp_mime_types client_header_names server_header_names cookie_vars uri_vars post_body flash_version
    ja4h`,
  ssl: `version cipher curve server_name resumed last_alert next_protocol established ssl_history cert_chain_fps
    client_cert_chain_fps cert_chain_fuids client_cert_chain_fuids subject issuer client_subject client_issuer
    sni_matches_cert validation_status ocsp_status validation_code ja3 ja3s ja4 ja4s client_ciphers`,
  x509: `id fingerprint certificate.version certificate.serial certificate.subject certificate.issuer
    certificate.not_valid_before certificate.not_valid_after certificate.key_alg certificate.sig_alg
    certificate.key_type certificate.key_length certificate.exponent certificate.curve san.dns san.uri san.email san.ip
    basic_constraints.ca basic_constraints.path_len host_cert client_cert cert ja4x`,
  files: `fuid tx_hosts rx_hosts conn_uids source depth analyzers mime_type filename duration local_orig is_orig
    seen_bytes total_bytes missing_bytes overflow_bytes timedout parent_fuid md5 sha1 sha256 extracted extracted_cutoff
    extracted_size entropy`,
  smb_files: `fuid action path name size prev_name times.modified times.accessed times.created times.changed
    data_offset_req data_len_req data_len_rsp`,
  smb_mapping: 'path service native_file_system share_type',
  dce_rpc: 'rtt named_pipe endpoint operation',
  kerberos: `request_type client service success error_msg error_code from till cipher forwardable renewable
    client_cert_subject client_cert_fuid server_cert_subject server_cert_fuid auth_ticket new_ticket`,
  ntlm: 'username hostname domainname server_nb_computer_name server_dns_computer_name server_tree_name success status',
  rdp: `cookie result security_protocol client_channels keyboard_layout client_build client_name client_dig_product_id
    desktop_width desktop_height requested_color_depth cert_type cert_count cert_permanent encryption_level
    encryption_method ssl`,
  ssh: `version auth_success auth_attempts direction client server cipher_alg mac_alg compression_alg kex_alg host_key_alg
    host_key remote_location.country_code remote_location.region remote_location.city remote_location.latitude
    remote_location.longitude hassh hasshVersion hasshServer hasshAlgorithms hasshServerAlgorithms cshka sshka ja4ssh`,
  ftp: `user password command arg ${FILE} file_size reply_code reply_msg data_channel.passive data_channel.orig_h
    data_channel.resp_h data_channel.resp_p cwd cmdarg.ts cmdarg.cmd cmdarg.arg passive`,
  smtp: `trans_depth helo mailfrom rcptto date from to cc reply_to msg_id in_reply_to subject x_originating_ip
    first_received second_received last_reply path user_agent tls fuids is_webmail urls`,
  dhcp: `uids client_addr server_addr client_port server_port mac host_name client_fqdn domain requested_addr
    assigned_addr lease_time client_message server_message msg_types duration msg_orig client_chaddr subnet_mask`,
};

/** Columns of a stream; undefined where they are not written down. */
export function zeekFields(stream: string): string | undefined {
  return Object.hasOwn(STREAMS, stream) ? `${EVERY} ${STREAMS[stream]!}` : undefined;
}
