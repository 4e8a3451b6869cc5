using System.Text.Encodings.Web;
using System.Text.Json;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Laurel.ApiFrontend;

/// <summary>
/// A dialect's share of the paths. It decides everything that differs between the dialects and concerns all of its routes: how a
/// caller presents a key, what a key of the wrong kind is told, and how an error looks, whoever found it.
/// </summary>
/// <remarks>
/// What the server refuses before there is a path has no family: a broken request line or an oversized header gets an empty 400,
/// 414 or 431 from Kestrel, and the connection is closed.
/// </remarks>
internal abstract class RouteFamily
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // The text is served as application/json with nosniff, never inside a page: quotes in messages stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>For metrics and logs; a handful of constants.</summary>
    public abstract string Name { get; }

    /// <summary>Whether all its routes must say who may use them.</summary>
    public virtual bool NeedsAccessRules => true;

    /// <summary>Whether a tenant's signature is as good as a key.</summary>
    public virtual bool TakesSignatures => false;

    /// <summary>What a real key gets that may not use the route.</summary>
    public virtual int ForbiddenStatus => StatusCodes.Status403Forbidden;

    /// <summary>The key's text as the caller presents it, or null. No check of any kind.</summary>
    public abstract string? ReadKey(HttpRequest request);

    /// <summary>Sets the headers that every answer to a known key has, whatever it will be; before it is admitted.</summary>
    public virtual void Greet(HttpContext context, Caller caller, PermitPools permits)
    {
    }

    /// <summary>Sets the headers that the refusal of a caller without a good key has.</summary>
    public virtual void GreetStranger(HttpContext context, AccessRule rule)
    {
    }

    /// <summary>
    /// Answers with an error. Headers set before stay (<c>Allow</c>, <c>Retry-After</c>). The response must not have begun.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="status">400 to 599.</param>
    /// <param name="message">For the caller's developer; the family's usual words for the status when null.</param>
    /// <param name="code">The family's machine-readable code, where it has any; the status' usual one when null.</param>
    /// <param name="mistakes">Each broken rule, in families that list them.</param>
    public Task WriteErrorAsync(
        HttpContext context, int status, string? message = null, string? code = null, IReadOnlyList<Mistake>? mistakes = null)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = JsonContent.ResponseType;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
            WriteBody(json, new ErrorBody(status, message ?? UsualMessage(status), code, mistakes));
        response.ContentLength = buffer.WrittenCount;
        return response.BodyWriter.WriteAsync(buffer.WrittenMemory).AsTask();
    }

    /// <summary>The envelope.</summary>
    protected abstract void WriteBody(Utf8JsonWriter json, ErrorBody error);

    /// <summary>What the family says of a status when nobody knows better.</summary>
    protected virtual string UsualMessage(int status) => ReasonPhrases.GetReasonPhrase(status);

    /// <summary>The one value of the header, or null: a key sent twice is no key.</summary>
    protected static string? ReadApiKeyHeader(HttpRequest request) =>
        request.Headers["X-API-Key"] is { Count: 1 } values ? values[0] : null;

    /// <summary>The token after <c>Bearer</c>, or null.</summary>
    public static string? ReadBearer(HttpRequest request)
    {
        if (request.Headers.Authorization is not { Count: 1 } values || values[0] is not { } header)
            return null;
        var memory = request.HttpContext.Features.Get<BearerMemory>();
        if (memory?.TokenIn(header) is { } known)
            return known;

        const string Scheme = "Bearer ";
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var token = header[Scheme.Length..].Trim(' ');
        memory?.Keep(header, token);
        return token;
    }

    /// <summary>What an envelope is made from.</summary>
    protected readonly record struct ErrorBody(int Status, string Message, string? Code, IReadOnlyList<Mistake>? Mistakes);
}
