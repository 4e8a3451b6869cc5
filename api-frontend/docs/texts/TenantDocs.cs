using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend;

/// <summary>The tenant routes, described.</summary>
internal static class TenantDocs
{
    private const string Tag = "Tenants";

    private const string Tenant = """
        {"tenant_id":"acme","name":"Acme Games","plan":"enterprise","created_at":"2025-08-01T12:00:00Z","updated_at":"2025-11-18T09:15:42Z"}
        """;

    public static readonly RouteDoc List = new(Tag, "listTenants", "List tenants")
    {
        Description = "Sorted by id. A tenant key sees its own tenant alone.",
        Query = [ParameterDoc.Limit, ParameterDoc.Offset],
        Answers = [new(200, "A page of tenants.", $$"""{"total":1,"tenants":[{{Tenant}}]}""", PhoenixJson.Shared.TenantListBody)],
        Errors = new Dictionary<int, string> { [400] = "`limit` or `offset` is out of range." },
    };

    public static readonly RouteDoc Create = new(Tag, "createTenant", "Create a tenant")
    {
        Body = new(
            """
            {"type":"object","required":["tenant_id"],"additionalProperties":false,"properties":{
              "tenant_id":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"},
              "name":{"type":"string","minLength":1,"maxLength":200,"description":"Shown to people; the id when left out."},
              "plan":{"type":"string","enum":["free","indie","pro","enterprise"],"default":"enterprise"}}}
            """,
            """{"tenant_id":"acme","name":"Acme Games"}"""),
        Answers = [new(201, "The tenant.", Tenant, PhoenixJson.Shared.TenantBody)],
        Errors = new Dictionary<int, string> { [400] = "The body breaks a rule; `details` names each mistake.", [409] = "There is a tenant of that id, or there was one whose players and final standings are kept." },
    };

    public static readonly RouteDoc Get = new(Tag, "getTenant", "Get a tenant")
    {
        Answers = [new(200, "The tenant.", Tenant, PhoenixJson.Shared.TenantBody)],
        Errors = new Dictionary<int, string> { [404] = "There is no such tenant." },
    };

    public static readonly RouteDoc Update = new(Tag, "updateTenant", "Change a tenant's name or plan")
    {
        Body = new(
            """
            {"type":"object","minProperties":1,"additionalProperties":false,"properties":{
              "name":{"type":"string","minLength":1,"maxLength":200},
              "plan":{"type":"string","enum":["free","indie","pro","enterprise"]}}}
            """,
            """{"plan":"pro"}"""),
        Answers = [new(200, "The tenant as it is now.", Tenant, PhoenixJson.Shared.TenantBody)],
        Errors = new Dictionary<int, string> { [400] = "The body breaks a rule; `details` names each mistake.", [404] = "There is no such tenant." },
    };

    public static readonly RouteDoc Delete = new(Tag, "deleteTenant", "Delete a tenant")
    {
        Description = "Its keys are revoked and its leaderboards deleted before this answers. A retry is answered 404. Its players and final standings are kept; while there are any, its id is not given to another tenant (409).",
        Answers = [new(200, "The removed tenant.", Tenant, PhoenixJson.Shared.TenantBody)],
        Errors = new Dictionary<int, string> { [404] = "There is no such tenant." },
    };

    public static readonly RouteDoc Usage = new(Tag, "getTenantUsage", "Get what a tenant has used of its plan")
    {
        Description = """
            Requests are those of the calendar month, UTC. A `limit` of null means that the plan does not limit it. Where a tenant has more
            than 20 leaderboards, these and their entries are counted at most once in five seconds.
            """,
        Answers =
        [
            new(
                200,
                "What is used.",
                """
                {"tenant_id":"acme","plan":"indie","resets_at":"2025-12-01T00:00:00Z","requests":{"used":48210,"limit":1000000},
                 "leaderboards":{"used":3,"limit":10},"entries":{"used":14853,"limit":100000}}
                """,
                PhoenixJson.Shared.TenantUsageBody),
        ],
        Errors = new Dictionary<int, string> { [404] = "There is no such tenant." },
    };

    public static readonly RouteDoc RotateSecret = new(Tag, "rotateSecret", "Make or rotate the secret for signatures")
    {
        Description = """
            Instead of showing a key, a tenant's backend may sign its requests with this secret, with the headers `X-Tenant-Id`,
            `X-Timestamp` (Unix seconds, at most 300 from now) and `X-Signature: hmac-sha256=<hex>`: HMAC-SHA256, keyed with the secret's
            text, over `METHOD\nPATH\nTIMESTAMP\nBODY`, the path without the query. A signature on a write works once; a retry signs
            again. The secret is shown this once, and the one before it ends within a second, with the streams and sockets that it opened.
            Since what is signed may do all that a tenant key can, a tenant key needs every scope to get it.
            """,
        Answers = [new(200, "The new secret.", """{"secret":"5f0c…"}""", PhoenixJson.Shared.TenantSecretBody)],
        Errors = new Dictionary<int, string> { [404] = "There is no such tenant." },
    };
}
