using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend;

/// <summary>
/// Admits requests that a tenant has signed instead of showing a key: <c>X-Tenant-Id</c>, <c>X-Timestamp</c> and <c>X-Signature</c> over
/// <c>METHOD\nPATH\nTIMESTAMP\nBODY</c>, the path as it was sent, without the query. A signature on a write works once.
/// </summary>
internal sealed class SignedRequests(TenantSignatures signatures, BodyReader bodies)
{
    private const string TenantHeader = "X-Tenant-Id";
    private const string TimestampHeader = "X-Timestamp";
    private const string SignatureHeader = "X-Signature";

    /// <summary>Whether the request is presented as signed.</summary>
    public static bool IsSigned(HttpRequest request) => request.Headers.ContainsKey(SignatureHeader);

    /// <summary>Whose request it is. Reads the whole body, and leaves it to be read again.</summary>
    /// <returns>The verdict; or, with it undecided, the status that refuses the body.</returns>
    public async Task<(KeyVerdict Verdict, int BodyRefusal)> VerifyAsync(HttpContext context)
    {
        var request = context.Request;
        if (One(request, TenantHeader) is not { } tenant || One(request, TimestampHeader) is not { } timestamp || One(request, SignatureHeader) is not { } signature)
            return (KeyVerdict.Unknown, 0);

        using var body = await bodies.ReadAnyAsync(context);
        if (body.Refusal != 0)
            return (KeyVerdict.Undecided, body.Refusal);
        byte[] head = Encoding.UTF8.GetBytes($"{request.Method}\n{PathOf(context)}\n{timestamp}\n");
        byte[] signed = [.. head, .. body.Bytes.Span];
        request.Body = new MemoryStream(signed, head.Length, body.Bytes.Length, writable: false);

        var verdict = await signatures.VerifyAsync(tenant, timestamp, signature, signed);
        if (verdict.Caller is null || !IsWrite(request))
            return (verdict, 0);
        return await signatures.UseAsync(tenant, timestamp, signature) switch
        {
            true => (verdict, 0),
            false => (KeyVerdict.Unknown, 0),
            null => (KeyVerdict.Undecided, 0),
        };
    }

    /// <summary>
    /// Whose socket it is: <c>timestamp</c> and <c>signature</c> in the query, over <c>WS\nPATH\nTIMESTAMP</c>, by the tenant of the path. A
    /// socket only reads, so that its signature is good until its timestamp is too old.
    /// </summary>
    public ValueTask<KeyVerdict> VerifySocketAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["timestamp"] is not { Count: 1 } timestamp || query["signature"] is not { Count: 1 } signature
            || context.Request.RouteValues[AccessRule.TenantParameter] is not string tenant)
        {
            return new(KeyVerdict.Unknown);
        }

        var signed = Encoding.UTF8.GetBytes($"WS\n{PathOf(context)}\n{timestamp}");
        return signatures.VerifyAsync(tenant, timestamp.ToString(), TenantSignatures.WithScheme(signature.ToString()), signed);
    }

    private static bool IsWrite(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    private static string? One(HttpRequest request, string header) => request.Headers[header] is { Count: 1 } values ? values[0] : null;

    private static string PathOf(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = target.IndexOf('?');
        return query < 0 ? target : target[..query];
    }
}
