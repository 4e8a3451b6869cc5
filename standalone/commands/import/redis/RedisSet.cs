using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;

namespace Laurel.Standalone.Commands;

/// <summary>A sorted set in a Redis server, read while it is in use. A place in it stays good when the server goes on changing it.</summary>
internal sealed record RedisSet : IImportOrigin
{
    /// <summary>The environment variable that holds the password when the address does not, as for Redis' own client.</summary>
    public const string PasswordVariable = "REDISCLI_AUTH";

    private const int FingerprintDigits = 32;

    /// <summary>Where the server is.</summary>
    public required Uri Server { get; init; }

    /// <summary>The set's key.</summary>
    public required string Key { get; init; }

    /// <inheritdoc/>
    public string Title => $"{Address}, {Key}";

    /// <inheritdoc/>
    public string KeptAt => Path.Combine(
        Environment.CurrentDirectory, $"redis-{string.Concat(Key.Select(static character => char.IsAsciiLetterOrDigit(character) ? character : '_'))}");

    /// <inheritdoc/>
    public string Reading => $"the set {Key} of {Address}";

    /// <inheritdoc/>
    public string Selection => Reading;

    /// <summary>Without what is secret.</summary>
    private string Address => Server.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Whether a text names a Redis server rather than a file.</summary>
    public static bool IsAddress(string text) =>
        text.StartsWith("redis://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("rediss://", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public string? FindMistake() => null;

    /// <summary>Each import is one of its own: what was in the set before may have changed, and is to go in again.</summary>
    public FileFingerprint Recognize() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(FingerprintDigits / 2)), 0);

    /// <inheritdoc/>
    public bool IsSame(ImportState kept) => kept.Reading == Selection && !kept.Finished;

    /// <inheritdoc/>
    public async Task<SourceOpening> OpenAsync(string? cursor, CancellationToken cancellation)
    {
        RedisConnection? connection = null;
        try
        {
            connection = await RedisConnection.OpenAsync(Server, cancellation);
            var type = await connection.AskAsync(["TYPE", Key], cancellation);
            if (Text(type) != "zset")
                return SourceOpening.Failed(Text(type) == "none" ? $"{Title}: there is no such key." : $"{Title} is a {Text(type)}, not a sorted set.");
            var count = Convert.ToInt64(await connection.AskAsync(["ZCARD", Key], cancellation), System.Globalization.CultureInfo.InvariantCulture);
            var opening = SourceOpening.Of(new RedisSource(connection, Key, count, RedisCursor.Parse(cursor)));
            connection = null;
            return opening;
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException)
        {
            return SourceOpening.Failed($"{Title} cannot be read: {exception.Message}");
        }
        finally
        {
            connection?.Dispose();
        }
    }

    private static string Text(object? reply) => reply as string ?? Encoding.UTF8.GetString(reply as byte[] ?? []);
}
