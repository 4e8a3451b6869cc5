using System.Net.Http.Headers;
using System.Text;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>Sends requests with one key.</summary>
public sealed class ApiClient(HttpClient http, string? key)
{
    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<ApiAnswer> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, Json(body));

    public Task<ApiAnswer> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, Json(body));

    public Task<ApiAnswer> PatchAsync(string path, string body) => SendAsync(HttpMethod.Patch, path, Json(body));

    /// <summary>Submits scores, which a season or a reason not to must be found for.</summary>
    public async Task<ApiAnswer> SubmitAsync(Board board, params (string User, double Score)[] entries)
    {
        var items = entries.Select(entry => FormattableString.Invariant($$"""{"user_id":"{{entry.User}}","score":{{entry.Score}}}"""));
        return (await PostAsync(board.Entries, $$"""{"entries":[{{string.Join(',', items)}}]}""")).Is(200);
    }

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
            request.Headers.Add("X-API-Key", key);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using var response = await http.SendAsync(request);
        return new ApiAnswer($"{method} {path}", (int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static ByteArrayContent Json(string body) =>
        new(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
