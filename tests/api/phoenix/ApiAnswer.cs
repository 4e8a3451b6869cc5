using System.Text.Json;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>An answer and ways to look into it.</summary>
public sealed record ApiAnswer(string Request, int Status, string Body)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>Itself, when it has that status.</summary>
    public ApiAnswer Is(int status)
    {
        Assert.True(Status == status, $"{Request} was to answer {status} and answered {Status}: {Body}");
        return this;
    }

    /// <summary>Itself, when it is this family's error with that status and code; nothing else may stand in the envelope.</summary>
    public ApiAnswer IsError(int status, string code, string? message = null)
    {
        Is(status);
        var error = Json.GetProperty("error");
        Assert.Equal(["error"], Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal(["code", "message", "status"], error.EnumerateObject().Select(field => field.Name).Where(name => name != "details"));
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(status, error.GetProperty("status").GetInt32());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        if (message is not null)
            Assert.Equal(message, error.GetProperty("message").GetString());
        return this;
    }

    /// <summary>400 with that message.</summary>
    public ApiAnswer IsInvalid(string message) => IsError(400, "VALIDATION_ERROR", message);

    /// <summary>404.</summary>
    public ApiAnswer IsNotFound() => IsError(404, "NOT_FOUND");

    /// <summary>A field's text.</summary>
    public string Text(string field) => Json.GetProperty(field).GetString()!;

    /// <summary>A field's JSON text, byte for byte as it came.</summary>
    public string Raw(params string[] path) => path.Aggregate(Json, (element, field) => element.GetProperty(field)).GetRawText();

    /// <summary>One field of each item of an array.</summary>
    public string[] Each(string array, string field) =>
        [.. Json.GetProperty(array).EnumerateArray().Select(item => item.GetProperty(field).ToString())];
}
