using System.Text;
using System.Text.RegularExpressions;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

/// <summary>Every answer that the dialect's own documentation shows, byte for byte but for the white space between its tokens.</summary>
public sealed partial class SeedTextTests : IAsyncLifetime
{
    private const string ThreeScores =
        """
        {
          "scores": [
            {
              "userId": "user123",
              "score": 1500,
              "timestamp": "2026-03-25T10:30:00.000Z"
            },
            {
              "userId": "user456",
              "score": 2000,
              "timestamp": "2026-03-25T10:31:00.000Z"
            },
            {
              "userId": "user789",
              "score": 1750,
              "timestamp": "2026-03-25T10:32:00.000Z"
            }
          ]
        }
        """;

    private FrontendHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await FrontendHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_batch_that_succeeds_as_a_whole_has_an_empty_list_of_errors()
    {
        var answer = await _host.SubmitAsync(ThreeScores);

        AssertAnswer(200, """{"success": true, "total": 3, "successCount": 3, "failureCount": 0, "errors": []}""", answer);
    }

    [Fact]
    public async Task A_batch_that_succeeds_in_part_lists_the_failed_score_as_it_was_received()
    {
        _host.Season.AnswerByUser(new Dictionary<string, ScoreStatus> { ["user456"] = ScoreStatus.UserNotFound });

        var answer = await _host.SubmitAsync(Compact(ThreeScores));

        AssertAnswer(
            200,
            """
            {
              "success": false,
              "total": 3,
              "successCount": 2,
              "failureCount": 1,
              "errors": [
                {
                  "score": {
                    "userId": "user456",
                    "score": 2000,
                    "timestamp": "2026-03-25T10:31:00.000Z"
                  },
                  "type": "user-not-found"
                }
              ]
            }
            """,
            answer);
    }

    [Fact]
    public async Task A_batch_that_fails_as_a_whole_lists_every_score_with_its_reason()
    {
        _host.Season.AnswerByUser(new Dictionary<string, ScoreStatus>
        {
            ["user123"] = ScoreStatus.NoActiveSeason,
            ["user456"] = ScoreStatus.UserNotFound,
            ["user789"] = ScoreStatus.PrivacyDisabled,
        });

        var answer = await _host.SubmitAsync(Compact(ThreeScores));

        AssertAnswer(
            200,
            """
            {
              "success": false,
              "total": 3,
              "successCount": 0,
              "failureCount": 3,
              "errors": [
                {"score": {"userId": "user123", "score": 1500, "timestamp": "2026-03-25T10:30:00.000Z"}, "type": "no-active-season"},
                {"score": {"userId": "user456", "score": 2000, "timestamp": "2026-03-25T10:31:00.000Z"}, "type": "user-not-found"},
                {"score": {"userId": "user789", "score": 1750, "timestamp": "2026-03-25T10:32:00.000Z"}, "type": "privacy-disabled"}
              ]
            }
            """,
            answer);
    }

    [Theory]
    [InlineData("{}", "Request body must contain a scores array")]
    [InlineData("""{"scores": "none"}""", "Scores must be an array")]
    [InlineData("""{"scores": null}""", "Scores must be an array")]
    [InlineData("""{"scores": []}""", "Scores must be a non-empty array")]
    public async Task A_body_of_the_wrong_shape_is_told_what_is_wrong(string body, string message)
    {
        AssertAnswer(400, $$"""{"error": "{{message}}"}""", await _host.SubmitAsync(body));
        Assert.Empty(_host.Season.Batches);
    }

    [Fact]
    public async Task A_hundred_scores_are_taken_and_one_more_is_too_many()
    {
        AssertAnswer(
            200, """{"success": true, "total": 100, "successCount": 100, "failureCount": 0, "errors": []}""", await _host.SubmitAsync(Bodies.Of(100)));
        AssertAnswer(400, """{"error": "Batch size must not exceed 100 scores"}""", await _host.SubmitAsync(Bodies.Of(101)));
        Assert.Single(_host.Season.Batches);
    }

    [Fact]
    public async Task A_score_of_the_wrong_form_refuses_the_batch_and_is_the_only_one_listed()
    {
        var answer = await _host.SubmitAsync(
            """{"scores":[{"userId":"a","score":1,"timestamp":"2026-03-25T10:30:00Z"},{"userId":"b","score":"2","timestamp":"2026-03-25T10:30:00Z"}]}""");

        AssertAnswer(
            400,
            """
            {"success": false, "total": 2, "successCount": 0, "failureCount": 2,
             "errors": [{"score": {"userId":"b","score":"2","timestamp":"2026-03-25T10:30:00Z"}, "type": "validation"}]}
            """,
            answer);
        Assert.Empty(_host.Season.Batches);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("lrl_game_0123456789abcdef0123_0123456789abcdef0123456789abcdef0123456789abc")]
    public async Task A_missing_malformed_or_unknown_key_is_unauthorized(string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/leaderboard/scores") { Content = new StringContent(ThreeScores) };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("X-API-Key", key);

        AssertAnswer(401, """{"error": "Unauthorized"}""", await _host.SendAsync(request));
    }

    [Theory]
    [InlineData(KeyKinds.Admin)]
    [InlineData(KeyKinds.Tenant)]
    [InlineData(KeyKinds.Board)]
    [InlineData(KeyKinds.Client)]
    [InlineData(KeyKinds.Embed)]
    public async Task A_real_key_of_another_kind_is_unauthorized(KeyKinds kind)
    {
        var key = _host.Keys.Make(kind, "acme", "board", scopes: Scopes.All);

        AssertAnswer(401, """{"error": "Unauthorized"}""", await _host.SubmitAsync(Encoding.UTF8.GetBytes(ThreeScores), key));
    }

    [Fact]
    public async Task A_key_in_another_header_is_no_key()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/leaderboard/scores") { Content = new StringContent(ThreeScores) };
        request.Headers.Authorization = new("Bearer", _host.GameKey);

        AssertAnswer(401, """{"error": "Unauthorized"}""", await _host.SendAsync(request));
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_again()
    {
        var key = Encoding.UTF8.GetBytes(ThreeScores);
        var slow = _host.Keys.Make(KeyKinds.Game, "acme", "board", new RateLimitTerms(2, 60));
        Assert.Equal(200, (await _host.SubmitAsync(key, slow)).Status);
        Assert.Equal(200, (await _host.SubmitAsync(key, slow)).Status);

        var refused = await _host.SubmitAsync(key, slow);

        AssertAnswer(429, """{"error": "Too Many Requests"}""", refused);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"]), 1, 61);
    }

    [Fact]
    public async Task An_unexpected_failure_says_no_more_than_that_and_is_logged_once()
    {
        _host.Season.Answer = static _ => throw new InvalidOperationException("a secret detail");

        var answer = await _host.SubmitAsync(ThreeScores);

        AssertAnswer(500, """{"error": "Internal Server Error"}""", answer);
        var line = Assert.Single(_host.Log.All, static line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
        Assert.Contains("a secret detail", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.GameKey, line.Text, StringComparison.Ordinal);
    }

    private static void AssertAnswer(int status, string body, Answer answer)
    {
        Assert.Equal(Compact(body), answer.Body);
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/json; charset=utf-8", answer.ContentType);
    }

    private static string Compact(string json) => Strings().Replace(json, static match => match.Value.StartsWith('"') ? match.Value : "");

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"|\\s+")]
    private static partial Regex Strings();
}
