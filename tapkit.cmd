@echo off
rem Starts tapkit on Windows as the script "tapkit" does elsewhere: finds a JDK 25, builds what is missing or older than its sources,
rem runs the command. Not run on Windows yet; .ci/launcher-test compares its options with those of the script.
rem
rem   JAVA_HOME          is looked at first
rem   TAPKIT_JAVA_OPTS   more options for the JVM
rem   TAPKIT_NO_BUILD=1  run what is built, however old it is
setlocal
set "root=%~dp0"
set "root=%root:~0,-1%"
set "target=%root%\target"

rem The same options as in the script.
set "common=--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
set "live=-XX:+UseZGC -Xms256m -Xmx1g"
set "training=-XX:+UseParallelGC -XX:MaxRAMPercentage=50"
set "other=-XX:+UseSerialGC"

rem --- the JDK: each has a file "release"; a runtime without javac cannot build
set "jdk="
if defined JAVA_HOME call :try "%JAVA_HOME%"
for /f "delims=" %%j in ('where javac 2^>nul') do call :try "%%~dpj.."
for %%d in (Java "Eclipse Adoptium" Microsoft Zulu "Amazon Corretto" BellSoft) do for /d %%j in ("%ProgramFiles%\%%~d\*") do call :try "%%~j"
for /d %%j in ("%USERPROFILE%\.jdks\*") do call :try "%%~j"
if defined jdk goto found
echo tapkit: no JDK 25 found (looked at JAVA_HOME, PATH and the folders where JDKs are usually installed). To get one: 1>&2
echo tapkit:   winget install EclipseAdoptium.Temurin.25.JDK 1>&2
echo tapkit:   or unpack one from https://adoptium.net/temurin/releases/?version=25 and set JAVA_HOME to its folder 1>&2
exit /b 1

:try
if defined jdk exit /b
if not exist "%~1\bin\javac.exe" exit /b
findstr /r /c:"^JAVA_VERSION=.25[^0-9]" "%~1\release" >nul 2>&1 && set "jdk=%~f1"
exit /b

:found
set "JAVA_HOME=%jdk%"

if "%~1"=="test" (
    call "%root%\mvnw.cmd" -f "%root%\pom.xml" -B -ntp verify
    exit /b
)

rem --- the build: natives once fetched stay; without them the first start has 90 MB less to wait for
if defined TAPKIT_NO_BUILD goto run
set "kind=plain"
if exist "%target%\built" findstr natives "%target%\built" >nul && set "kind=natives"
if "%~1"=="train" set "kind=natives"
echo %* | findstr /r /c:"[ =]nd4j" >nul && set "kind=natives"
powershell -NoProfile -Command "$built = Get-Item ($env:target + '\built') -ErrorAction SilentlyContinue; if (!$built -or !(Test-Path ($env:target + '\tapkit.jar')) -or (Get-Content $built.FullName) -notcontains $env:kind) { exit 1 }; $newer = Get-ChildItem -Recurse ($env:root + '\src\main'), ($env:root + '\pom.xml') | Where-Object LastWriteTime -gt $built.LastWriteTime; if ($newer) { exit 1 }" && goto run
echo tapkit: building; the first time this fetches libraries, which takes a minute or two 1>&2
set "options=-Dtapkit.no-natives"
if "%kind%"=="natives" set "options="
if not exist "%target%" mkdir "%target%"
echo %kind%>"%target%\building"
call "%root%\mvnw.cmd" -f "%root%\pom.xml" -B -Dstyle.color=never -Dmaven.test.skip=true %options% package >"%target%\build.log" 2>&1
if errorlevel 1 (
    findstr /b /c:"[ERROR]" "%target%\build.log" 1>&2
    echo tapkit: the build failed; all of its output is in "%target%\build.log" 1>&2
    exit /b 1
)
move /y "%target%\building" "%target%\built" >nul

:run
set "memory=%other%"
for %%c in (play bench doctor) do if "%~1"=="%%c" set "memory=%live%"
set "early="
if "%memory%"=="%live%" set early="-XX:CompileCommandFile=%root%\native-config\compile-early"
for %%c in (train evaluate) do if "%~1"=="%%c" set "memory=%training%"
"%JAVA_HOME%\bin\java.exe" %common% %memory% %early% -Dtapkit.home="%root%" %TAPKIT_JAVA_OPTS% -jar "%target%\tapkit.jar" %*
exit /b
